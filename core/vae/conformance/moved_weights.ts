/**
 * Derivatives of expectations over draws, by their densities alone: with r the
 * ratio of the density at moved parameters to the one that was drawn from,
 *
 *     d E[f] / d theta = E[f dr / d theta],
 *
 * the score function's identity, with the difference quotient taken of r.
 *
 * @module
 */

import { movesAlong } from "./differences.ts";
import type { Instance } from "./instance.ts";
import { type Estimate, estimate } from "./statistics.ts";
import type { RawRow, Subject } from "./subject.ts";
import { type Matrix, toTensor, valuesOf } from "./tensors.ts";

const STEP = 0.02;

/** dr / d theta along every raw output, at each draw of the posterior at `row`. */
function ratioSlopes(
  instance: Instance,
  row: RawRow,
  draws: Matrix,
): readonly Float64Array[] {
  const log = (at: RawRow) =>
    valuesOf(() => instance.densities!.posteriorAt(at, toTensor(draws)));
  const here = log(row);
  return row.map((_, unit) => {
    const slopes = new Float64Array(draws.rows);
    for (const { row: moved, weight } of movesAlong(row, unit, STEP)) {
      log(moved).forEach((there, i) =>
        slopes[i]! += weight * Math.exp(there - here[i]!)
      );
    }
    return slopes;
  });
}

/** The same of number `index` of the varied posteriors in several dimensions, at its draws; found once. */
export function jointSlopes(
  subject: Subject,
  instance: Instance,
  { row, index, draws }: {
    readonly row: RawRow;
    readonly index: number;
    readonly draws: Matrix;
  },
): readonly Float64Array[] {
  return subject.once(
    `slopes ${index}`,
    () => ratioSlopes(instance, row, draws),
  );
}

/** The derivatives of E[values], known at the same draws. */
export function derivativesOf(
  values: ArrayLike<number>,
  slopes: readonly Float64Array[],
): readonly Estimate[] {
  return slopes.map((slope) =>
    estimate(slope.map((each, i) => each * values[i]!))
  );
}
