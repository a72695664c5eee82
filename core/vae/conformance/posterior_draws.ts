/**
 * Draws of posteriors, which several checks share.
 *
 * @module
 */

import type { Instance } from "./instance.ts";
import type { RawRow, Subject } from "./subject.ts";
import { type Matrix, matrixOf, repeatRow, toTensor } from "./tensors.ts";

/** Draws of one posterior; another `step`, other draws. */
export function drawPosterior(
  instance: Instance,
  row: RawRow,
  { count, step }: { readonly count: number; readonly step: number },
): Matrix {
  return matrixOf(() =>
    instance.sample(
      toTensor(repeatRow(row, count)),
      instance.random("posterior", step),
    )
  );
}

/** So many draws of each posterior in several dimensions serve all checks. */
export const JOINT_DRAWS = 50_000;

/**
 * Draws of number `index` of the varied posteriors in several dimensions, made
 * once; a check that asks for fewer gets the first ones.
 */
export function jointDraws(
  subject: Subject,
  instance: Instance,
  { row, index, full }: {
    readonly row: RawRow;
    readonly index: number;
    readonly full: number;
  },
): Matrix {
  const { values, columns } = subject.once(
    `draws ${index}`,
    () =>
      drawPosterior(instance, row, {
        count: instance.draws(JOINT_DRAWS),
        step: 100 + index,
      }),
  );
  const rows = instance.draws(full);
  return { values: values.subarray(0, rows * columns), rows, columns };
}
