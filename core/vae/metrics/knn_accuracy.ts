/**
 * How well labels are told by those of the nearest neighbours (Fix and Hodges
 * 1951; for latent spaces Davidson et al. 2018, section 5.3).
 *
 * @module
 */

import type { Estimate } from "../model/artifacts.ts";
import { estimate } from "../model/estimate.ts";
import { nearestNeighbours } from "./neighbours.ts";
import type { Points } from "./points.ts";

/** Points with a label each. */
export interface Labelled {
  readonly points: Points;
  /** `[count]`, from 0. */
  readonly labels: Uint8Array;
}

/** Options of {@link knnAccuracy}. */
export interface KnnOptions {
  /** Neighbours that vote. */
  readonly k: number;
  readonly pause?: () => Promise<unknown>;
}

/**
 * Share of the test points, from 0 to 1, whose label has the most votes among
 * the `k` nearest training points. Of labels with as many votes the one with
 * the nearest neighbour wins.
 *
 * @returns the accuracy with its binomial standard error
 */
export async function knnAccuracy(
  train: Labelled,
  test: Labelled,
  { k, ...options }: KnnOptions,
): Promise<Estimate> {
  const { indices } = await nearestNeighbours(test.points, train.points, {
    k,
    ...options,
  });
  const right = Float64Array.from(test.labels, (label, i) => {
    const votes = [...indices.subarray(i * k, (i + 1) * k)]
      .map((index) => train.labels[index]!);
    return vote(votes) === label ? 1 : 0;
  });
  return estimate(right);
}

/** The label with the most votes; of several, the one that comes first. */
function vote(labels: readonly number[]): number {
  const counts = new Map<number, number>();
  for (const label of labels) counts.set(label, (counts.get(label) ?? 0) + 1);
  const most = Math.max(...counts.values());
  return labels.find((label) => counts.get(label) === most)!;
}
