/**
 * Files of a ZIP archive that is in memory.
 *
 * @module
 */

import { crc32 } from "node:zlib";
import { messageOf, UserError } from "../core/lib/errors.ts";
import { LARGEST } from "./data_file.ts";

/** An open archive. */
export interface Zip {
  /** Names of all files. */
  readonly names: readonly string[];
  /**
   * A file's bytes.
   *
   * @throws {UserError} if they are damaged, or more than are read.
   */
  read(name: string): Promise<Uint8Array>;
  /** Lets go of it. */
  close(): void;
}

/**
 * Opens the archive that `path` holds.
 *
 * @throws {UserError} if it is none, or damaged.
 */
export async function openZip(path: string, bytes: Uint8Array): Promise<Zip> {
  const yauzl = await import("yauzl");
  const explained = async <T>(what: () => Promise<T>): Promise<T> => {
    try {
      return await what();
    } catch (cause) {
      if (cause instanceof UserError) throw cause;
      throw damaged(path, messageOf(cause), cause);
    }
  };
  const zip = await explained(() =>
    yauzl.fromBufferPromise(Buffer.from(bytes), { lazyEntries: true })
  );
  const entries = await explained(async () => {
    const found = [];
    for await (const entry of zip.eachEntry()) found.push(entry);
    return new Map(found.map((entry) => [entry.fileName, entry]));
  });
  return {
    names: [...entries.keys()],
    close: () => zip.close(),
    read: async (name) => {
      const entry = entries.get(name)!;
      if (entry.uncompressedSize > LARGEST) {
        throw new UserError(
          `Cannot decompress "${name}" of "${path}": found ${entry.uncompressedSize} bytes of data, want at most ${LARGEST}`,
        );
      }
      return await explained(async () => {
        const chunks: Uint8Array[] = [];
        for await (const chunk of await zip.openReadStreamPromise(entry)) {
          chunks.push(chunk as Uint8Array);
        }
        const content = Buffer.concat(chunks);
        if (crc32(content) === entry.crc32) return content;
        throw damaged(path, `"${name}" with another checksum`);
      });
    },
  };
}

function damaged(path: string, found: string, cause?: unknown): UserError {
  return new UserError(
    `Cannot open archive "${path}": found damage (${found}), want a whole ZIP archive, as numpy.savez writes it`,
    {
      cause,
      hint: "Get the file again: it is damaged or was not copied whole",
    },
  );
}
