/**
 * Several posteriors at a time: an operation on a thousand numbers takes hardly
 * longer than one on ten.
 *
 * @module
 */

import { tf } from "../../engine/tf.ts";
import type { Instance } from "./instance.ts";
import type { RawRow } from "./subject.ts";
import { type Matrix, repeatRow, toTensor, valuesOf } from "./tensors.ts";

/** Rows of a batch from which on a larger one is no quicker, and takes memory. */
const MOST_ROWS = 16_384;

/** `items` in order, as many in each group as fit with `count` rows each. */
export function groupsOf<T>(items: readonly T[], count: number): T[][] {
  const size = Math.max(1, Math.floor(MOST_ROWS / count));
  return Array.from(
    { length: Math.ceil(items.length / size) },
    (_, i) => items.slice(i * size, (i + 1) * size),
  );
}

/** Each row `count` times in a row. */
export function repeatEach(rows: readonly RawRow[], count: number): Matrix {
  const columns = rows[0]!.length;
  const values = new Float32Array(rows.length * count * columns);
  rows.forEach((row, i) =>
    values.set(repeatRow(row, count).values, i * count * columns)
  );
  return { values, rows: rows.length * count, columns };
}

/** Log-densities of every posterior at the same latents. */
export function logPosteriors(
  { densities }: Instance,
  rows: readonly RawRow[],
  latent: Matrix,
): readonly Float32Array[] {
  const count = latent.rows;
  return groupsOf(rows, count).flatMap((group) => {
    const values = valuesOf(() =>
      group.length === 1
        ? densities!.posteriorAt(group[0]!, toTensor(latent))
        : densities!.posterior(
          toTensor(repeatEach(group, count)),
          tf.tile(toTensor(latent), [group.length, 1]),
        )
    );
    return group.map((_, i) => values.subarray(i * count, (i + 1) * count));
  });
}
