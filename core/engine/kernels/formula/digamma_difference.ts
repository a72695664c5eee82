/**
 * Differences of digamma functions without cancellation.
 *
 * @module
 */

import type { Arithmetic } from "./arithmetic.ts";

/** Steps of the recurrence before the asymptotic series. */
const SHIFTS = [0, 1, 2, 3, 4, 5, 6, 7];

/**
 * psi(a + b) - psi(a), for a, b > 0, with the accuracy of double also where b is
 * small beside a: the recurrence and the asymptotic series (DLMF 5.5.2 and
 * 5.11.2), each with b divided out of its differences.
 */
export function digammaRise<T>(m: Arithmetic<T>, a: T, b: T): T {
  const [recurrence] = m.sumOver(
    [SHIFTS],
    [a, m.add(a, b)],
    ([shift], [low, high]) => [
      m.div(1, m.mul(m.add(low, shift), m.add(high, shift))),
    ],
  );
  const start = m.add(a, SHIFTS.length);
  const u = m.div(1, start);
  const v = m.div(1, m.add(start, b));
  const u2 = m.mul(u, u);
  const v2 = m.mul(v, v);
  const squares = m.add(u2, v2);
  const product = m.mul(u2, v2);
  const fourths = m.sub(m.mul(squares, squares), m.mul(product, 2));
  // (u^n - v^n) / (u^2 - v^2) for n = 2, 4, 6, 8, with Bernoulli's numbers.
  const series = m.add(
    m.sub(1 / 12, m.div(squares, 120)),
    m.sub(
      m.div(m.add(fourths, product), 252),
      m.div(m.mul(squares, fourths), 240),
    ),
  );
  const even = m.add(m.mul(m.add(u, v), series), 0.5);
  const tail = m.mul(b, m.mul(m.mul(u, v), even));
  return m.add(
    m.add(m.mul(b, recurrence), m.log1p(m.mul(b, u))),
    tail,
  );
}
