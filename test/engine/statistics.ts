/**
 * Tests of samples against distribution functions.
 *
 * @module
 */

/**
 * Kolmogorov and Smirnov's distance between a sample and a distribution
 * function, times the root of the sample's size: above 1.95 once in a thousand.
 */
export function kolmogorovSmirnov(
  sample: ArrayLike<number>,
  cdf: (x: number) => number,
): number {
  const sorted = Float64Array.from(sample).sort();
  const n = sorted.length;
  let distance = 0;
  sorted.forEach((x, i) => {
    const p = cdf(x);
    if (Number.isNaN(p)) throw new Error(`No probability for the draw ${x}`);
    distance = Math.max(distance, p - i / n, (i + 1) / n - p);
  });
  return distance * Math.sqrt(n);
}

/** Mean and its standard error. */
export function meanOf(
  values: ArrayLike<number>,
): { mean: number; error: number } {
  const list = Array.from(values);
  const mean = list.reduce((sum, x) => sum + x, 0) / list.length;
  const squares = list.reduce((sum, x) => sum + (x - mean) ** 2, 0);
  return { mean, error: Math.sqrt(squares) / list.length };
}

/** Pearson's correlation. */
export function correlationOf(
  a: ArrayLike<number>,
  b: ArrayLike<number>,
): number {
  const [ma, mb] = [meanOf(a), meanOf(b)];
  let sum = 0;
  for (let i = 0; i < a.length; i++) {
    sum += (a[i]! - ma.mean) * (b[i]! - mb.mean);
  }
  return sum / (ma.error * mb.error * a.length ** 2);
}
