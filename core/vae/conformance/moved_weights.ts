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
import { logPosteriors } from "./groups.ts";
import type { Instance } from "./instance.ts";
import { type Estimate, estimate } from "./statistics.ts";
import type { RawRow, Subject } from "./subject.ts";
import type { Matrix } from "./tensors.ts";

const STEP = 0.02;

/** dr / d theta along every raw output, at each draw of the posterior at `row`. */
function ratioSlopes(
  instance: Instance,
  row: RawRow,
  draws: Matrix,
): readonly Float64Array[] {
  const moves = row.map((_, unit) => movesAlong(row, unit, STEP));
  const rows = [row, ...moves.flat().map((move) => move.row)];
  const [here, ...logs] = logPosteriors(instance, rows, draws);
  return moves.map((unit, i) => {
    const slopes = new Float64Array(draws.rows);
    unit.forEach(({ weight }, k) =>
      logs[i * unit.length + k]!.forEach((there, n) =>
        slopes[n]! += weight * Math.exp(there - here![n]!)
      )
    );
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
