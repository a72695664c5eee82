/**
 * Active units: coordinates of the latent vector that tell images apart (Burda,
 * Grosse and Salakhutdinov 2016, section 5.2).
 *
 * @module
 */

import { EigenvalueDecomposition, Matrix } from "ml-matrix";
import type { Support } from "../plugin/support.ts";
import type { Points } from "./points.ts";

/** A unit is active where the images account for more than this share of the prior's variance. */
const ACTIVE = 0.01;

/** What of the prior's variance each unit spends on telling images apart. */
export interface UnitActivity {
  /** `Var_x(E[u|x]) / Var(u)` of each unit; about 0 where it is idle. */
  readonly activity: readonly number[];
  /** Units with more than {@link ACTIVE}. */
  readonly active: number;
}

/** Options of {@link unitActivity}. */
export interface UnitActivityOptions {
  readonly support: Support;
  /** The prior's variance in each coordinate, `[S]`. */
  readonly priorVariance: Float64Array;
}

/**
 * The activity of each unit. Burda et al. ask whether `Var_x(E[u|x])` is above
 * 0.01 under N(0, 1); under another prior the variance is taken in units of the
 * prior's, so that the answer does not change with the prior's scale.
 *
 * `first` and `second` are two estimates of E[z|x] for each image, `[N, S]`,
 * whose errors are independent: their covariance then has the variance of E[z|x]
 * as its expectation, without the errors'. Where E[z|x] is known, they are the
 * same.
 *
 * What a unit is, depends on the support: a coordinate of an interval or of the
 * simplex (whose `S` units are one more than its dimensions); an angle of
 * circles, a pair of coordinates taken together; and on the sphere, where axes
 * mean nothing, a principal direction (variances are the eigenvalues of the
 * covariance, in decreasing order).
 */
export function unitActivity(
  first: Points,
  second: Points,
  { support, priorVariance }: UnitActivityOptions,
): UnitActivity {
  const activity = support.kind === "sphere"
    ? principal(first, second, priorVariance)
    : support.kind === "circle"
    ? paired(variances(first, second), priorVariance)
    : variances(first, second).map((v, k) => share(v, priorVariance[k]!));
  return {
    activity,
    active: activity.filter((value) => value > ACTIVE).length,
  };
}

/** A coordinate that the prior leaves no room has nothing to tell. */
function share(variance: number, prior: number): number {
  return prior > 0 ? variance / prior : 0;
}

function paired(of: readonly number[], prior: Float64Array): number[] {
  return Array.from(
    { length: of.length / 2 },
    (_, i) =>
      share(of[2 * i]! + of[2 * i + 1]!, prior[2 * i]! + prior[2 * i + 1]!),
  );
}

function principal(
  first: Points,
  second: Points,
  prior: Float64Array,
): number[] {
  const { width } = first;
  const matrix = Matrix.zeros(width, width);
  for (let k = 0; k < width; k++) {
    for (let l = 0; l <= k; l++) {
      const value = (covariance(first, second, [k, l]) +
        covariance(first, second, [l, k])) / 2;
      matrix.set(k, l, value);
      matrix.set(l, k, value);
    }
  }
  const { realEigenvalues } = new EigenvalueDecomposition(matrix, {
    assumeSymmetric: true,
  });
  const mean = prior.reduce((sum, v) => sum + v, 0) / width;
  return realEigenvalues.toSorted((a, b) => b - a).map((v) => share(v, mean));
}

function variances(first: Points, second: Points): number[] {
  return Array.from(
    { length: first.width },
    (_, k) => covariance(first, second, [k, k]),
  );
}

/** Of coordinate `k` of the first with coordinate `l` of the second, over the images. */
function covariance(
  { count, width, data }: Points,
  second: Points,
  [k, l]: readonly [number, number],
): number {
  let meanA = 0;
  let meanB = 0;
  let sum = 0;
  for (let i = 0; i < count; i++) {
    const a = data[i * width + k]! - meanA;
    const b = second.data[i * width + l]!;
    meanA += a / (i + 1);
    meanB += (b - meanB) / (i + 1);
    sum += a * (b - meanB);
  }
  return count > 1 ? sum / (count - 1) : 0;
}
