/**
 * How many different things there are among some points.
 *
 * @module
 */

import { EigenvalueDecomposition, Matrix } from "ml-matrix";
import type { Points } from "./points.ts";

/**
 * The Vendi score (Friedman and Dieng 2023, "The Vendi score", definition 3.1)
 * with the cosine of two points as their similarity: exp of the entropy of the
 * eigenvalues of the similarities over their number. 1 where all points lie in
 * one direction, `n` where `n` directions at right angles are equally frequent;
 * at most the width. Points at the origin count for nothing.
 */
export function vendiScore({ count, width, data }: Points): number {
  // X'X has the eigenvalues of XX', and is small.
  const sums = Matrix.zeros(width, width);
  for (let i = 0; i < count; i++) {
    const row = Float64Array.from(data.subarray(i * width, (i + 1) * width));
    const square = row.reduce((sum, x) => sum + x * x, 0);
    if (square === 0) continue;
    for (let k = 0; k < width; k++) {
      if (row[k] === 0) continue;
      for (let l = 0; l <= k; l++) {
        sums.set(k, l, sums.get(k, l) + row[k]! * row[l]! / square);
      }
    }
  }
  for (let k = 0; k < width; k++) {
    for (let l = 0; l < k; l++) sums.set(l, k, sums.get(k, l));
  }
  const { realEigenvalues } = new EigenvalueDecomposition(sums, {
    assumeSymmetric: true,
  });
  return Math.exp(entropy(realEigenvalues));
}

/**
 * Entropy in nats of how often each class was found: log of the number of
 * classes where all are equally frequent, 0 where there is but one.
 *
 * @param labels of the points, from 0
 */
export function classEntropy(labels: ArrayLike<number>): number {
  const counts: number[] = [];
  for (let i = 0; i < labels.length; i++) {
    counts[labels[i]!] = (counts[labels[i]!] ?? 0) + 1;
  }
  return entropy(counts);
}

/** Of weights over their sum; those of 0, or below by rounding, count for nothing. */
function entropy(weights: readonly number[]): number {
  const positive = weights.filter((weight) => weight > 0);
  const total = positive.reduce((sum, weight) => sum + weight, 0);
  return -positive.reduce((sum, weight) => {
    const share = weight / total;
    return sum + share * Math.log(share);
  }, 0);
}
