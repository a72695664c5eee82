/**
 * A checkpoint as a file, whole or not at all: what an attempt at a stage
 * leaves behind for the next one.
 *
 * @module
 */

import { createHash, randomUUID } from "node:crypto";
import { readdir, readFile, rename, rm } from "node:fs/promises";
import { join } from "node:path";
import { decodeValue, encodeValue } from "../../store/codec.ts";
import { codeOf, writeDurably } from "../../lib/files.ts";
import type { MetricsRecord } from "./metrics_log.ts";

/** What an attempt had come to when it saved. */
export interface SavedAttempt {
  /** Time it took so far, with the attempts before it, in milliseconds. */
  readonly ms: number;
  /** What it had logged. */
  readonly records: readonly MetricsRecord[];
  readonly warnings: readonly string[];
  /** The stage's own state: plain data with typed arrays. */
  readonly value: unknown;
}

/** Its name in the folder of the attempts. */
export const CHECKPOINT_FILE = "checkpoint.bin";

const DRAFT = ".draft";
const DIGEST_BYTES = 32;
const LENGTH_BYTES = 4;

/** Saves `attempt` in folder `directory`, in place of an earlier one. */
export async function writeCheckpoint(
  directory: string,
  attempt: SavedAttempt,
): Promise<void> {
  const { json, arrays } = encodeValue(attempt);
  const text = Buffer.from(json, "utf8");
  const length = Buffer.alloc(LENGTH_BYTES);
  length.writeUInt32LE(text.length);
  const body = Buffer.concat([length, text, arrays]);
  // A name of its own: the worker of a run that was killed may still be saving.
  const draft = join(directory, `${randomUUID()}${DRAFT}`);
  try {
    await writeDurably(draft, Buffer.concat([digest(body), body]));
    await rename(draft, join(directory, CHECKPOINT_FILE));
  } catch (error) {
    await rm(draft, { force: true });
    throw error;
  }
}

/** Reads the checkpoint in `directory`, and clears away what was never finished. */
export async function readCheckpoint(
  directory: string,
): Promise<SavedAttempt | "none" | "damaged"> {
  for (const name of await readdir(directory)) {
    if (name.endsWith(DRAFT)) await rm(join(directory, name), { force: true });
  }
  return await lookAtCheckpoint(directory);
}

/** Reads the checkpoint in `directory` and touches nothing: for those who look on. */
export async function lookAtCheckpoint(
  directory: string,
): Promise<SavedAttempt | "none" | "damaged"> {
  let bytes: Buffer;
  try {
    bytes = await readFile(join(directory, CHECKPOINT_FILE));
  } catch (error) {
    if (codeOf(error) === "ENOENT") return "none";
    throw error;
  }
  const body = bytes.subarray(DIGEST_BYTES);
  if (!digest(body).equals(bytes.subarray(0, DIGEST_BYTES))) return "damaged";
  const start = LENGTH_BYTES + body.readUInt32LE(0);
  const json = body.subarray(LENGTH_BYTES, start).toString("utf8");
  return decodeValue(json, body.subarray(start)) as SavedAttempt;
}

function digest(body: Buffer): Buffer {
  return createHash("sha256").update(body).digest();
}
