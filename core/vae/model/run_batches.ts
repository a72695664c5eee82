/**
 * A program over more rows than it takes at a time.
 *
 * @module
 */

import { createProgram } from "../../engine/program/create.ts";
import type { ProgramSpec } from "../../engine/program/program.ts";
import { batchStarts } from "./batches.ts";

/** Options of {@link overImages} and {@link overDraws}. */
export interface BatchRunOptions {
  /** Rows in all. */
  readonly count: number;
  /** Called after each batch with the rows that are done. */
  readonly onRows?: ((done: number) => Promise<void>) | undefined;
}

/** Rows of one run, for `count` of them. */
function batchSizeFor(count: number): number {
  return Math.min(count, 200);
}

/**
 * Runs a program, made by `make` for a batch size, over `pixels` `[count, P]`.
 * It is fed `pixels`, and `step` if it has such an input: the place of the
 * batch's first image.
 *
 * @returns its outputs, the rows of all batches together
 */
export async function overImages(
  make: (batchSize: number) => ProgramSpec,
  pixels: Uint8Array,
  { count, onRows }: BatchRunOptions,
): Promise<Readonly<Record<string, Float32Array>>> {
  const batchSize = batchSizeFor(count);
  const spec = make(batchSize);
  const size = pixels.length / count;
  const program = createProgram(spec);
  const all: Record<string, Float32Array> = {};
  try {
    for (const start of batchStarts(count, batchSize)) {
      const outputs = program.run({
        pixels: pixels.subarray(start * size, (start + batchSize) * size),
        ...("step" in spec.inputs ? { step: start } : {}),
      });
      for (const [name, values] of Object.entries(outputs)) {
        const width = values.length / batchSize;
        all[name] ??= new Float32Array(count * width);
        all[name].set(values, start * width);
      }
      await onRows?.(start + batchSize);
    }
  } finally {
    program.dispose();
  }
  return all;
}

/**
 * Runs a program, made by `make` for a batch size, that draws, with `step` 0, 1
 * and so on until there are `count` rows of each output.
 */
export async function overDraws(
  make: (batchSize: number) => ProgramSpec,
  { count, onRows }: BatchRunOptions,
): Promise<Readonly<Record<string, Float32Array>>> {
  const batchSize = batchSizeFor(count);
  const program = createProgram(make(batchSize));
  const all: Record<string, Float32Array> = {};
  try {
    for (let step = 0; step * batchSize < count; step++) {
      const start = step * batchSize;
      const rows = Math.min(batchSize, count - start);
      for (const [name, values] of Object.entries(program.run({ step }))) {
        const width = values.length / batchSize;
        all[name] ??= new Float32Array(count * width);
        all[name].set(values.subarray(0, rows * width), start * width);
      }
      await onRows?.(start + rows);
    }
  } finally {
    program.dispose();
  }
  return all;
}
