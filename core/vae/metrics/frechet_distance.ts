/**
 * The Fréchet distance between normal distributions fitted to two sets of
 * points (Dowson and Landau 1982). In the features of Inception-v3 it is the
 * FID (Heusel et al. 2017); in those of another network it is not, and its
 * figures do not compare with any FID.
 *
 * @module
 */

import { EigenvalueDecomposition, Matrix } from "ml-matrix";
import type { Points } from "./points.ts";

/**
 * `|m1 - m2|^2 + tr(C1 + C2 - 2 (C1 C2)^(1/2))` of the means and covariances of
 * the points: a squared distance, in the squared unit of the points, as is
 * usual. It is larger for fewer points, though nothing else has changed: compare
 * as many with as many.
 *
 * @param a at least two points
 * @param b at least two points, of the same width
 */
export function frechetDistance(a: Points, b: Points): number {
  const [first, second] = [moments(a), moments(b)];
  const shift = first.mean.reduce(
    (sum, value, k) => sum + (value - second.mean[k]!) ** 2,
    0,
  );
  // The eigenvalues of C1 C2 are those of the symmetric R C2 R with R^2 = C1.
  const root = squareRoot(first.covariance);
  const product = root.mmul(second.covariance).mmul(root);
  const overlap = eigen(product).realEigenvalues.reduce(
    (sum, value) => sum + Math.sqrt(Math.max(0, value)),
    0,
  );
  return shift + first.covariance.trace() + second.covariance.trace() -
    2 * overlap;
}

function squareRoot(symmetric: Matrix): Matrix {
  const { eigenvectorMatrix, realEigenvalues } = eigen(symmetric);
  const roots = realEigenvalues.map((value) => Math.sqrt(Math.max(0, value)));
  return eigenvectorMatrix.mmul(Matrix.diag(roots))
    .mmul(eigenvectorMatrix.transpose());
}

function eigen(symmetric: Matrix): EigenvalueDecomposition {
  return new EigenvalueDecomposition(symmetric, { assumeSymmetric: true });
}

function moments({ count, width, data }: Points) {
  const mean = new Float64Array(width);
  for (let place = 0; place < data.length; place++) {
    mean[place % width]! += data[place]! / count;
  }
  const sums = new Float64Array(width * width);
  const row = new Float64Array(width);
  for (let i = 0; i < count; i++) {
    for (let k = 0; k < width; k++) row[k] = data[i * width + k]! - mean[k]!;
    for (let k = 0; k < width; k++) {
      const value = row[k]!;
      // Features of a rectifier are often at rest.
      if (value === 0) continue;
      for (let l = 0; l <= k; l++) sums[k * width + l]! += value * row[l]!;
    }
  }
  const covariance = Matrix.zeros(width, width);
  for (let k = 0; k < width; k++) {
    for (let l = 0; l <= k; l++) {
      const value = sums[k * width + l]! / (count - 1);
      covariance.set(k, l, value);
      covariance.set(l, k, value);
    }
  }
  return { mean, covariance };
}
