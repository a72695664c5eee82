/**
 * The sliced Wasserstein distance between two sets of points (Bonneel et al.
 * 2015, "Sliced and Radon Wasserstein barycenters of measures", section 3; for
 * latent spaces Kolouri et al. 2019, "Sliced-Wasserstein auto-encoders").
 *
 * @module
 */

import { plural } from "../../lib/count.ts";
import type { Points } from "./points.ts";

/**
 * The square root of the mean over `directions` of the squared 2-Wasserstein
 * distance of the points' projections, in the unit of the points. In one
 * dimension that is the mean squared difference of the sorted numbers.
 *
 * Two samples of one distribution are not at distance 0 but at one that falls
 * with their number: compare with what such a pair has.
 *
 * @param a as many points as `b`
 * @param directions unit vectors, `[count, width]`
 */
export function slicedWasserstein(
  a: Points,
  b: Points,
  directions: Points,
): number {
  if (a.count !== b.count) {
    throw new RangeError(
      `Cannot compare ${
        plural(a.count, "point")
      } with ${b.count}, want as many`,
    );
  }
  let sum = 0;
  for (let d = 0; d < directions.count; d++) {
    const p = project(a, directions, d).sort();
    const q = project(b, directions, d).sort();
    let squares = 0;
    for (let i = 0; i < p.length; i++) squares += (p[i]! - q[i]!) ** 2;
    sum += squares / p.length;
  }
  return Math.sqrt(sum / directions.count);
}

/** Unit vectors, uniform on the sphere, from a stream of uniform numbers. */
export function randomDirections(
  count: number,
  { width, uniform }: {
    readonly width: number;
    readonly uniform: () => number;
  },
): Points {
  const data = new Float32Array(count * width);
  for (let d = 0; d < count; d++) {
    const vector = Float64Array.from({ length: width }, () => normal(uniform));
    const norm = Math.sqrt(vector.reduce((sum, x) => sum + x * x, 0));
    data.set(vector.map((x) => x / norm), d * width);
  }
  return { count, width, data };
}

/** A standard normal number (Box and Muller 1958). */
function normal(uniform: () => number): number {
  const radius = Math.sqrt(-2 * Math.log(uniform()));
  return radius * Math.cos(2 * Math.PI * uniform());
}

function project(
  { count, width, data }: Points,
  directions: Points,
  d: number,
): Float64Array {
  const projected = new Float64Array(count);
  for (let i = 0; i < count; i++) {
    let sum = 0;
    for (let k = 0; k < width; k++) {
      sum += data[i * width + k]! * directions.data[d * width + k]!;
    }
    projected[i] = sum;
  }
  return projected;
}
