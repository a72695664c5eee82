/**
 * Data files as they lie on the disk, decompressed where they are gzipped:
 * the first bytes decide, not the name.
 *
 * @module
 */

import { createHash } from "node:crypto";
import { readFile } from "node:fs/promises";
import { Readable } from "node:stream";
import { createGunzip } from "node:zlib";
import { messageOf, UserError } from "../core/lib/errors.ts";
import { whyUnread } from "../core/lib/files.ts";

/** A file that was read. */
export interface DataFile {
  /** Where it lies. */
  readonly path: string;
  /** Whether it was gzipped. */
  readonly compressed: boolean;
  /** Decompressed. */
  readonly bytes: Uint8Array;
  /** Digest of the file as it lies, in hex. */
  readonly sha256: string;
}

/** Digest of `bytes`, in hex. */
export function sha256(bytes: Uint8Array): string {
  return createHash("sha256").update(bytes).digest("hex");
}

/**
 * Reads a file's bytes.
 *
 * @throws {UserError} if the file cannot be read.
 */
export async function readBytes(path: string): Promise<Uint8Array> {
  try {
    return await readFile(path);
  } catch (cause) {
    throw new UserError(
      `Cannot read data file "${path}": ${whyUnread(cause)}`,
      { cause },
    );
  }
}

/**
 * Reads a file and decompresses it if it is gzipped.
 *
 * @throws {UserError} if it cannot be read, or is gzipped and corrupt.
 */
export async function readDataFile(path: string): Promise<DataFile> {
  return await openData(path, await readBytes(path));
}

/**
 * Bytes that came from `path` (a file or an address), decompressed.
 *
 * @throws {UserError} if they are gzipped and corrupt.
 */
export async function openData(
  path: string,
  stored: Uint8Array,
): Promise<DataFile> {
  const compressed = stored[0] === 0x1f && stored[1] === 0x8b;
  const bytes = compressed ? await gunzip(path, stored) : stored;
  return { path, compressed, bytes, sha256: sha256(stored) };
}

/** Largest data set that is read: EMNIST's largest file has 547 MB. */
export const LARGEST = 2 ** 30;
/** Bytes handed to the decompressor at a time: how closely a defect is located. */
const SLICE = 16_384;

async function gunzip(path: string, stored: Uint8Array): Promise<Uint8Array> {
  // Slice by slice, so that an error is known to lie past what was consumed.
  const decompressor = createGunzip();
  const source = Readable.from(slices(stored));
  source.on("error", (error) => decompressor.destroy(error));
  const chunks: Uint8Array[] = [];
  let length = 0;
  try {
    for await (
      const chunk of source.pipe(decompressor) as AsyncIterable<Uint8Array>
    ) {
      length += chunk.length;
      if (length > LARGEST) {
        throw new UserError(
          `Cannot decompress "${path}": found more than ${LARGEST} bytes of data, want at most that`,
        );
      }
      chunks.push(chunk);
    }
  } catch (cause) {
    if (cause instanceof UserError) throw cause;
    const truncated = (cause as NodeJS.ErrnoException).code === "Z_BUF_ERROR";
    const offset = truncated ? stored.length : decompressor.bytesWritten;
    const found = truncated
      ? `at offset ${offset} found the end of the file`
      : `after offset ${offset} found corrupt data (${messageOf(cause)})`;
    throw new UserError(
      `Cannot decompress "${path}": ${found}, want a whole gzip stream`,
      {
        cause,
        hint: "Get the file again: it is damaged or was not copied whole",
      },
    );
  } finally {
    source.destroy();
  }
  return Buffer.concat(chunks);
}

function* slices(bytes: Uint8Array): Generator<Uint8Array> {
  for (let start = 0; start < bytes.length; start += SLICE) {
    yield bytes.subarray(start, start + SLICE);
  }
}
