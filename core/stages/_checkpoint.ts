/**
 * Checkpoints: one file, whole or not at all, that a long stage leaves behind
 * for its next attempt.
 *
 * @module
 */

import { createHash } from "node:crypto";
import { readFile, rename } from "node:fs/promises";
import { join } from "node:path";
import { decodeValue, encodeValue } from "../store/codec.ts";
import { writeDurably } from "../store/files.ts";

const FILE = "checkpoint.bin";
const DIGEST_BYTES = 32;
const LENGTH_BYTES = 4;

/** Saves `value` (plain data with typed arrays) in `directory`, in place of an earlier one. */
export async function saveCheckpoint(
  directory: string,
  value: unknown,
): Promise<void> {
  const { json, arrays } = encodeValue(value);
  const text = Buffer.from(json, "utf8");
  const length = Buffer.alloc(LENGTH_BYTES);
  length.writeUInt32LE(text.length);
  const body = Buffer.concat([length, text, arrays]);
  const path = join(directory, FILE);
  const draft = `${path}.draft`;
  await writeDurably(draft, Buffer.concat([digest(body), body]));
  await rename(draft, path);
}

/** Reads the checkpoint; null where there is none, or where it is damaged. */
export async function loadCheckpoint(directory: string): Promise<unknown> {
  let bytes: Buffer;
  try {
    bytes = await readFile(join(directory, FILE));
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return null;
    throw error;
  }
  const body = bytes.subarray(DIGEST_BYTES);
  if (!digest(body).equals(bytes.subarray(0, DIGEST_BYTES))) return null;
  const start = LENGTH_BYTES + body.readUInt32LE(0);
  const json = body.subarray(LENGTH_BYTES, start).toString("utf8");
  return decodeValue(json, body.subarray(start));
}

function digest(body: Buffer): Buffer {
  return createHash("sha256").update(body).digest();
}
