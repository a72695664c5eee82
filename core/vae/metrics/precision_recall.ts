/**
 * Precision and recall of generated points (Kynkäänniemi et al. 2019, "Improved
 * precision and recall metric for assessing generative models").
 *
 * @module
 */

import type { Estimate } from "../model/artifacts.ts";
import { estimate } from "../model/estimate.ts";
import { visitDistances } from "./_distances.ts";
import { nearestNeighbours } from "./neighbours.ts";
import { type Points, squaredDistance } from "./points.ts";

/** Shares from 0 to 1 with binomial standard errors. */
export interface PrecisionRecall {
  /** Of the generated points within the real ones' manifold: fidelity. */
  readonly precision: Estimate;
  /** Of the real points within the generated ones' manifold: coverage. */
  readonly recall: Estimate;
}

/** Options of {@link precisionRecall}. */
export interface PrecisionRecallOptions {
  /** Neighbours that a manifold is made with; 3 in the paper. */
  readonly k: number;
  readonly pause?: () => Promise<unknown>;
}

/**
 * The manifold of a set is the union of balls around its points, each as large
 * as the distance to its `k`-th nearest other point (eqs. 1 to 3).
 *
 * @throws {RangeError} where a set has no more than `k` points
 */
export async function precisionRecall(
  real: Points,
  generated: Points,
  { k, ...options }: PrecisionRecallOptions,
): Promise<PrecisionRecall> {
  const radii = {
    real: await squaredRadii(real, { k, ...options }),
    generated: await squaredRadii(generated, { k, ...options }),
  };
  const within = {
    real: new Float64Array(real.count),
    generated: new Float64Array(generated.count),
  };
  await visitDistances(real, generated, {
    ...options,
    visit: ({ a, nearer, within: reach }) => {
      for (let i = a[0]; i < a[1]; i++) {
        const distanceTo = (j: number) =>
          squaredDistance(real, generated, { i, j });
        reach(i, radii.generated, (j) => {
          if (within.real[i] === 1) return;
          if (distanceTo(j) <= radii.generated[j]!) within.real[i] = 1;
        });
        // The ball of the real point has its edge, too.
        const limit = radii.real[i]! * (1 + Number.EPSILON) + Number.MIN_VALUE;
        nearer(i, limit, (j) => {
          if (within.generated[j] === 0 && distanceTo(j) <= radii.real[i]!) {
            within.generated[j] = 1;
          }
          return limit;
        });
      }
    },
  });
  return {
    precision: estimate(within.generated),
    recall: estimate(within.real),
  };
}

/** Squared distance of each point from its `k`-th nearest other one. */
async function squaredRadii(
  points: Points,
  { k, ...options }: PrecisionRecallOptions,
): Promise<Float64Array> {
  const { squaredDistances } = await nearestNeighbours(points, points, {
    ...options,
    k,
    same: true,
  });
  return Float64Array.from(
    { length: points.count },
    (_, i) => squaredDistances[(i + 1) * k - 1]!,
  );
}
