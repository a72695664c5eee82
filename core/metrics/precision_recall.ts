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
    visit: ({ a, b, lowerBound }) => {
      for (let i = a[0]; i < a[1]; i++) {
        for (let j = b[0]; j < b[1]; j++) {
          const largest = Math.max(
            within.real[i] === 1 ? -1 : radii.generated[j]!,
            within.generated[j] === 1 ? -1 : radii.real[i]!,
          );
          if (lowerBound(i, j) > largest) continue;
          const distance = squaredDistance(real, generated, { i, j });
          if (distance <= radii.generated[j]!) within.real[i] = 1;
          if (distance <= radii.real[i]!) within.generated[j] = 1;
        }
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
