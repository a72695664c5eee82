/** Programs over any number of rows. @module */

import { setImmediate } from "node:timers/promises";
import type { ProgramSpec } from "../../engine/program/program.ts";
import type { Rows } from "./check_given.ts";
import type { ProgramCache } from "./program_cache.ts";

/** Rows of one run, at most. */
const MOST = 256;

/** Arrays by name, the rows of all batches together. */
export type Outputs = Readonly<Record<string, Float32Array>>;

/** What {@link overRows} needs. */
export interface OverRowsOptions {
  /** What the program computes; of it there is one for each size of a batch. */
  readonly name: string;
  readonly programs: ProgramCache;
  /** Ends a computation that goes on, by what it throws. */
  readonly check: () => void;
}

/**
 * Runs the programs that `make` gives for sizes of batches over `rows`, which
 * are fed as `rows`. The sizes are powers of two, so that there are few.
 */
export async function overRows(
  make: (batchSize: number) => ProgramSpec,
  { count, values }: Rows,
  { name, programs, check }: OverRowsOptions,
): Promise<Outputs> {
  const width = values.length / count;
  const all: Record<string, Float32Array> = {};
  for (let start = 0; start < count; start += MOST) {
    if (start > 0) await setImmediate();
    check();
    const done = Math.min(MOST, count - start);
    const size = 2 ** Math.ceil(Math.log2(done));
    const program = programs.get(`${name} ${size}`, () => make(size));
    const fed = values.subarray(start * width, (start + done) * width);
    const outputs = program.run({ rows: filled(fed, size * width) });
    for (const [name, batch] of Object.entries(outputs)) {
      const width = batch.length / size;
      all[name] ??= new Float32Array(count * width);
      all[name].set(batch.subarray(0, done * width), start * width);
    }
  }
  return all;
}

/** What lacks to a whole batch are its first rows again: any that are right. */
function filled(fed: Float32Array, length: number): Float32Array {
  if (fed.length === length) return fed;
  const whole = new Float32Array(length);
  whole.set(fed);
  whole.set(fed.subarray(0, length - fed.length), fed.length);
  return whole;
}
