/**
 * `progress.json` of an attempt: how far its stage is, for whoever looks on from
 * another process. Nothing is computed from it.
 *
 * @module
 */

import { renameSync, writeFileSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import * as v from "valibot";
import { paceMeter } from "./pace.ts";

const schema = v.object({
  done: v.number(),
  total: v.number(),
  /** Units a second; null while nothing is known. */
  rate: v.nullable(v.number()),
  /** Seconds left; null while nothing is known. */
  left: v.nullable(v.number()),
  /** Numbers beside the bar; null is one that JSON lacks. */
  fields: v.record(v.string(), v.nullable(v.number())),
});

/** Progress as it lies in the file. */
export type SavedProgress = v.InferOutput<typeof schema>;

/** Writes progress down; takes the arguments of a stage's `progress`. */
export type ProgressWriter = (
  done: number,
  total: number,
  fields: Readonly<Record<string, number>>,
) => void;

/** How often it is written: a person looks at it. */
const INTERVAL_MS = 500;

/** Writes to the attempt's folder `directory`, twice a second at most. */
export function progressWriter(directory: string): ProgressWriter {
  const file = join(directory, FILE);
  const meter = paceMeter();
  let next = 0;
  return (done, total, fields) => {
    const now = performance.now();
    const { rate, left } = meter.update(done, total, now);
    if (now < next) return;
    next = now + INTERVAL_MS;
    const progress: SavedProgress = { done, total, rate, left, fields };
    try {
      // Like a checkpoint's: the next attempt clears it away.
      writeFileSync(`${file}.draft`, JSON.stringify(progress));
      renameSync(`${file}.draft`, file);
    } catch {
      // A full disk is no reason to stop, and what matters will say so.
      next = Infinity;
    }
  };
}

/** What was written last; null where there is nothing. */
export async function readProgress(
  directory: string,
): Promise<SavedProgress | null> {
  try {
    return v.parse(
      schema,
      JSON.parse(await readFile(join(directory, FILE), "utf8")),
    );
  } catch {
    return null;
  }
}

const FILE = "progress.json";
