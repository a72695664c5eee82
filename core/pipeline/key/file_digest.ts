/**
 * Digests of data files, remembered as long as the file is not touched: a plan
 * need not read a data set to know that it is the same.
 *
 * @module
 */

import { readFileSync } from "node:fs";
import { messageOf, UserError } from "../../lib/errors.ts";
import { markReader, settledMarks } from "../../load/marks.mjs";
import { describeFile, replaceFile } from "../../lib/files.ts";

/** Gives a file's sha256, in hexadecimal. */
export type DigestFile = (path: string) => Promise<string>;

/** A {@link DigestFile} that remembers. */
export interface FileDigester {
  readonly digest: DigestFile;
  /** Keeps what is new for the next process. */
  save(): Promise<void>;
}

/** Path to the file's mark and digest. */
type Memory = Record<
  string,
  { readonly mark: string; readonly digest: string }
>;

/**
 * Digests a file by reading it.
 *
 * @throws {UserError} if it cannot be read.
 */
export async function digestFile(path: string): Promise<string> {
  try {
    return (await describeFile(path)).sha256;
  } catch (cause) {
    throw new UserError(
      `Cannot read data file "${path}": ${messageOf(cause)}`,
      { cause },
    );
  }
}

/** A digester that remembers in file `memoryFile`. */
export function fileDigester(memoryFile: string): FileDigester {
  const memory = recall(memoryFile);
  let isNew = false;
  return {
    digest: async (path) => {
      const started = Date.now();
      const { mark } = markReader()(path);
      const known = memory[path];
      if (known !== undefined && known.mark === mark) return known.digest;
      const digest = await digestFile(path);
      // As it was before it was read, and not written only just now.
      const settled = settledMarks([path], started);
      if (settled?.[path] === mark) {
        memory[path] = { mark, digest };
        isNew = true;
      }
      return digest;
    },
    save: async () => {
      if (!isNew) return;
      isNew = false;
      // It only saves time: a folder that cannot be written is no reason to stop.
      await replaceFile(memoryFile, JSON.stringify(memory)).catch(() => {});
    },
  };
}

function recall(memoryFile: string): Memory {
  try {
    const memory: unknown = JSON.parse(readFileSync(memoryFile, "utf8"));
    if (typeof memory === "object" && memory !== null) return memory as Memory;
  } catch {
    // Not there yet, or not whole.
  }
  return {};
}
