/**
 * Means with their standard errors.
 *
 * @module
 */

import type { Estimate } from "./artifacts.ts";

/** Mean and standard error of independent values, in double precision. */
export function estimate(values: ArrayLike<number>): Estimate {
  const count = values.length;
  let mean = 0;
  let squares = 0;
  for (let i = 0; i < count; i++) {
    // Welford's update: exact where the mean is large against the spread.
    const delta = values[i]! - mean;
    mean += delta / (i + 1);
    squares += delta * (values[i]! - mean);
  }
  const variance = count > 1 ? squares / (count - 1) : 0;
  return { mean, standardError: Math.sqrt(variance / count) };
}
