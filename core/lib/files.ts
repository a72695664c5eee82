/**
 * Files that are there whole or not at all, and their digests.
 *
 * @module
 */

import { createHash, randomUUID } from "node:crypto";
import { createReadStream } from "node:fs";
import { type FileHandle, open, rename, rm } from "node:fs/promises";
import { basename, dirname, join } from "node:path";
import { pipeline } from "node:stream/promises";
import { messageOf } from "./errors.ts";
import type { FileRecord } from "./file_record.ts";
import { makeFolder } from "./make_folder.ts";

/** sha256, in hexadecimal. */
export function sha256(data: string | Uint8Array): string {
  return createHash("sha256").update(data).digest("hex");
}

/** Size and digest of a file, read in pieces. */
export async function describeFile(path: string): Promise<FileRecord> {
  const hash = createHash("sha256");
  let size = 0;
  await pipeline(createReadStream(path), async function (chunks) {
    for await (const chunk of chunks as AsyncIterable<Uint8Array>) {
      size += chunk.length;
      hash.update(chunk);
    }
  });
  return { size, sha256: hash.digest("hex") };
}

/** Writes a file and waits until the disk has it. */
export async function writeDurably(
  path: string,
  data: string | Uint8Array,
): Promise<void> {
  const file = await open(path, "w");
  try {
    await file.writeFile(data);
    await settle(file, NO_SYNC);
  } finally {
    await file.close();
  }
}

/**
 * Writes a new file from a stream, with the folders above it, and waits until
 * the disk has it.
 *
 * @throws {Error} Where the file is there.
 */
export async function writeStream(
  path: string,
  content: AsyncIterable<Uint8Array>,
): Promise<FileRecord> {
  await makeFolder(dirname(path));
  const file = await open(path, "wx");
  const hash = createHash("sha256");
  let size = 0;
  try {
    for await (const chunk of content) {
      hash.update(chunk);
      size += chunk.length;
      await file.writeFile(chunk);
    }
    await settle(file, NO_SYNC);
  } finally {
    await file.close();
  }
  return { size, sha256: hash.digest("hex") };
}

/**
 * All of a stream.
 *
 * @throws {Error} where it is longer than `limit` bytes.
 */
export async function readAll(
  content: AsyncIterable<Uint8Array>,
  limit: number = Infinity,
): Promise<Buffer> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of content) {
    size += chunk.length;
    if (size > limit) throw new Error(`it has more than ${limit} bytes`);
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

/** Replaces a file, so that a reader sees the old one or the new one. */
export async function replaceFile(
  path: string,
  data: string | Uint8Array,
): Promise<void> {
  await makeFolder(dirname(path));
  // Hidden: after a kill nothing half written is to be seen.
  const draft = join(dirname(path), `.${basename(path)}.${randomUUID()}`);
  try {
    await writeDurably(draft, data);
    await rename(draft, path);
  } catch (error) {
    await rm(draft, { force: true });
    throw error;
  }
}

/** Whether {@link replaceFile} has given the name, of a file that it did not finish. */
export function isDraftName(name: string): boolean {
  return /^\..+\.[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(name);
}

/** Makes a folder with those around it, and waits until the disk has them. */
export async function makeDurably(folder: string): Promise<void> {
  const first = await makeFolder(folder);
  if (first === undefined) return;
  for (let made = folder;; made = dirname(made)) {
    await sync(dirname(made));
    if (made === first || made === dirname(made)) return;
  }
}

/** What file systems say that cannot be told to wait for the disk: network and FUSE ones. */
const NO_SYNC = ["EINVAL", "ENOTSUP", "EOPNOTSUPP", "ENOSYS"];
/** And where that is asked through what was opened for reading, as a folder must be. */
const NO_SYNC_OF_READ = [...NO_SYNC, "EBADF", "EPERM"];

/**
 * Waits until the disk has a file's bytes or a folder's entries, where the file
 * system can: else a power cut may cost what was written last, and every read
 * of the store finds that out by the digests.
 */
export async function sync(path: string): Promise<void> {
  // Write to it and yet not read it: so some folders are.
  const handle = await open(path, "r").catch(ignoring("EACCES", "EISDIR"));
  if (handle === undefined) return;
  try {
    await settle(handle, NO_SYNC_OF_READ);
  } finally {
    await handle.close();
  }
}

async function settle(
  file: FileHandle,
  without: readonly string[],
): Promise<void> {
  await file.sync().catch(ignoring(...without));
}

/** For `catch`: takes errors of these codes for nothing, and throws others. */
export function ignoring(...codes: readonly string[]) {
  return (error: unknown): undefined => {
    if (!codes.includes(codeOf(error) ?? "")) throw error;
  };
}

/** What is said of a folder where a file is named. */
export const FOLDER = "it is a folder, and a file is wanted";

/** Why a file could not be read. */
export function whyUnread(error: unknown): string {
  return codeOf(error) === "EISDIR" ? FOLDER : messageOf(error);
}

/** `ENOENT` and the like. */
export function codeOf(error: unknown): string | undefined {
  const code = (error as { code?: unknown } | null)?.code;
  return typeof code === "string" ? code : undefined;
}
