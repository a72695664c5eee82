/**
 * Derivatives of the digamma function.
 *
 * @module
 */

import { type Arithmetic, polynomial } from "./arithmetic.ts";

/** Steps of the recurrence for n = 0; one more with each order. */
const SHIFT = 8;
/** Bernoulli's numbers B_2, B_4 ... */
const BERNOULLI = [1 / 6, -1 / 30, 1 / 42, -1 / 30, 5 / 66];

/**
 * The n-th derivative of psi, for n >= 1 and x > 0: its recurrence, then the
 * asymptotic series (Abramowitz and Stegun 6.4.6 and 6.4.11).
 */
export function polygamma<T>(m: Arithmetic<T>, n: number, x: T): T {
  const shift = SHIFT + n;
  const [head] = m.sumOver(
    [Array.from({ length: shift }, (_, k) => k)],
    [x],
    ([k], [x]) => [power(m, m.div(1, m.add(x, k)), n + 1)],
  );
  const w = m.div(1, m.add(x, shift));
  const even = BERNOULLI.map((b, j) => b * rising(2 * j + 3, n - 1));
  const series = polynomial(m, m.mul(w, w), [rising(1, n - 1), ...even] as [
    number,
    number,
  ]);
  const tail = m.add(series, m.mul(w, rising(1, n) / 2));
  const sum = m.add(
    m.mul(head, rising(1, n)),
    m.mul(power(m, w, n), tail),
  );
  return n % 2 === 0 ? m.neg(sum) : sum;
}

function power<T>(m: Arithmetic<T>, x: T, exponent: number): T {
  return exponent === 1 ? x : m.mul(x, power(m, x, exponent - 1));
}

/** x (x + 1) ... over `count` factors; (2j + n - 1)! / (2j)! from x = 2j + 1. */
function rising(x: number, count: number): number {
  return count === 0 ? 1 : x * rising(x + 1, count - 1);
}
