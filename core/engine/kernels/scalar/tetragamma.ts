/**
 * The second derivative of the digamma function, in float64.
 *
 * @module
 */

/** Above it the asymptotic series has float64's accuracy. */
const LARGE = 20;

/**
 * psi''(x) for x > 0: its recurrence up to 20, then the asymptotic series
 * (Abramowitz and Stegun 6.4.9 and 6.4.14).
 */
export function tetragamma(x: number): number {
  if (!(x > 0)) return NaN;
  let sum = 0;
  let z = x;
  for (; z < LARGE; z++) sum -= 2 / z ** 3;
  const w = 1 / z;
  const w2 = w * w;
  const tail = 1 / 2 - w2 * (1 / 6 - w2 * (1 / 6 - w2 * (3 / 10 - w2 * 5 / 6)));
  return sum - w2 * (1 + w + w2 * tail);
}
