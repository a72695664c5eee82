/**
 * The plane in which points spread most.
 *
 * @module
 */

import { EigenvalueDecomposition, Matrix } from "ml-matrix";

/** Points in the plane of their first two principal components. */
export interface Plane {
  /** `[N, 2]`. */
  readonly points: Float32Array;
  /** Share of the points' variance along each of the two. */
  readonly explained: readonly [number, number];
}

/**
 * Projects points `[N, S]`, at least two wide, on their first two principal
 * components (Pearson 1901). The sign of a component is that of its largest
 * entry, so that equal points give equal pictures.
 */
export function principalPlane(data: Float32Array, width: number): Plane {
  const centred = centre(data, width);
  const { realEigenvalues, eigenvectorMatrix } = new EigenvalueDecomposition(
    covariance(centred, width),
    { assumeSymmetric: true },
  );
  const order = realEigenvalues.map((_, i) => i)
    .sort((a, b) => realEigenvalues[b]! - realEigenvalues[a]!);
  const total = realEigenvalues.reduce((sum, value) => sum + value, 0) || 1;
  const [first, second] = [order[0]!, order[1]!];
  const components = [first, second].map((i) =>
    oriented(eigenvectorMatrix.getColumn(i))
  );
  const points = new Float32Array(data.length / width * 2);
  for (let i = 0; i < points.length / 2; i++) {
    const row = centred.subarray(i * width, (i + 1) * width);
    components.forEach((component, k) => {
      points[2 * i + k] = component.reduce((sum, c, a) => sum + c * row[a]!, 0);
    });
  }
  return {
    points,
    explained: [
      realEigenvalues[first]! / total,
      realEigenvalues[second]! / total,
    ],
  };
}

/** The points less their mean. */
function centre(data: Float32Array, width: number): Float64Array {
  const count = data.length / width;
  const mean = new Float64Array(width);
  for (let i = 0; i < data.length; i++) mean[i % width]! += data[i]! / count;
  return Float64Array.from(data, (value, i) => value - mean[i % width]!);
}

function covariance(centred: Float64Array, width: number): Matrix {
  const count = centred.length / width;
  const sums = Array.from({ length: width }, () => new Float64Array(width));
  for (let start = 0; start < centred.length; start += width) {
    for (let a = 0; a < width; a++) {
      const x = centred[start + a]! / count;
      for (let b = 0; b < width; b++) sums[a]![b]! += x * centred[start + b]!;
    }
  }
  return new Matrix(sums.map((row) => [...row]));
}

function oriented(component: readonly number[]): readonly number[] {
  const largest = component.reduce((a, b) => Math.abs(b) > Math.abs(a) ? b : a);
  return largest < 0 ? component.map((c) => -c) : component;
}
