/**
 * The KL and its gradient from the densities alone.
 *
 * @module
 */

import { tf } from "../../engine/tf.ts";
import type { Instance } from "./instance.ts";
import { integralOnGrid } from "./line_density.ts";
import { derivativesOf } from "./moved_weights.ts";
import { isPiled } from "./piled.ts";
import { type Estimate, estimate } from "./statistics.ts";
import { type PosteriorStudy } from "./studies.ts";
import { jointDraws } from "./posterior_draws.ts";
import type { RawRow, Subject } from "./subject.ts";
import { type Matrix, toTensor, valuesOf } from "./tensors.ts";

/** Draws of each posterior in a few dimensions. */
export const KL_DRAWS = 20_000;

/** The KL by quadrature in one dimension. */
export function klByQuadrature(
  { grid, log, logPrior }: Pick<PosteriorStudy, "grid" | "log" | "logPrior">,
): number {
  return integralOnGrid(grid, log, (place) => log[place]! - logPrior[place]!);
}

/** Its derivatives along every raw output. */
export function klGradientByQuadrature(study: PosteriorStudy): number[] {
  return study.moved().map((moves) =>
    moves.reduce(
      (sum, { log, weight }) =>
        sum + weight * klByQuadrature({ ...study, log }),
      0,
    )
  );
}

/** Draws of a posterior, with log q - log p at each. */
export interface KlDraws {
  readonly draws: Matrix;
  readonly logRatio: Float32Array;
  /** Their mean: the KL by Monte Carlo. */
  readonly kl: Estimate;
  /**
   * Whether many lie at an end of the support, moved there from beyond. What
   * they differed in is lost, so the mean is at most the KL.
   */
  readonly isPiled: boolean;
}

/** The KL by draws of number `index` of the varied posteriors in several dimensions. */
export function jointKl(
  subject: Subject,
  instance: Instance,
  { row, index }: { readonly row: RawRow; readonly index: number },
): KlDraws {
  return subject.once(`kl ${index}`, () => {
    const full = KL_DRAWS;
    const draws = jointDraws(subject, instance, { row, index, full });
    return klOfDraws(instance, row, draws);
  });
}

/** The KL of the posterior at `row` by draws of it. */
export function klOfDraws(
  instance: Instance,
  row: RawRow,
  draws: Matrix,
): KlDraws {
  const densities = instance.densities!;
  const logRatio = valuesOf(() =>
    tf.sub(
      densities.posteriorAt(row, toTensor(draws)),
      densities.prior(toTensor(draws)),
    )
  );
  const kl = estimate(logRatio);
  return { draws, logRatio, kl, isPiled: isPiled(draws) };
}

/** The KL's derivatives along every raw output by the score function, from the ratio's slopes at the draws. */
export function klGradientByDraws(
  { logRatio, kl }: KlDraws,
  slopes: readonly Float64Array[],
): readonly Estimate[] {
  // Without its mean, which the derivative does not see, there is less noise.
  const values = Float64Array.from(logRatio, (value) => value - kl.mean);
  return derivativesOf(values, slopes);
}
