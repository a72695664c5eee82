/**
 * Modified Bessel functions of the first kind, scaled: log(I_v(x) e^-x), the
 * ratio r_v(x) = I_{v+1}(x) / I_v(x) and their derivatives, for real orders v >= 0
 * and x > 0.
 *
 * Debye's uniform expansion (DLMF 10.41.3) at the order v + 12, where five terms
 * leave 1e-8 for every x, and from there down by the recurrence (DLMF 10.29.1)
 * 1 / r_{v-1} = r_v + 2v / x, which damps errors (Amos 1974).
 *
 * @module
 */

import { type Arithmetic, polynomial } from "./arithmetic.ts";

/** How far above v the expansion is taken. */
const SHIFT = 12;

/** Below this x the power series has the accuracy that the logarithms lose. */
const SMALL = 1;

/**
 * The logarithm of the expansion's series in 1/V, with h = 1 / sqrt(V^2 + x^2) and
 * P = (V h)^2: the sum over k of h^k times these polynomials in P, from k = 1. They
 * follow from DLMF 10.41.10: u_1 = (3p - 5p^3) / 24 and so on, with p^2 = P.
 */
const SERIES: readonly (readonly [number, number, ...number[]])[] = [
  [1 / 8, -5 / 24],
  [1 / 16, -3 / 8, 5 / 16],
  [25 / 384, -531 / 640, 221 / 128, -1105 / 1152],
  [13 / 128, -71 / 32, 531 / 64, -339 / 32, 565 / 128],
  [
    1073 / 5120,
    -50049 / 7168,
    186821 / 4608,
    -44899 / 512,
    82825 / 1024,
    -82825 / 3072,
  ],
];

/** Order and argument. */
export interface BesselPoint<T> {
  readonly v: T;
  readonly x: T;
}

/** log(I_v(x) e^-x). */
export function logIv<T>(m: Arithmetic<T>, { v, x }: BesselPoint<T>): T {
  const { order, h, root } = expand(m, { v, x });
  const power = m.mul(order, m.log(m.div(x, m.add(root, order))));
  const lead = m.add(m.div(m.mul(order, order), m.add(root, x)), power);
  const scale = m.mul(m.log(m.mul(root, 2 * Math.PI)), 0.5);
  const start = m.add(m.sub(lead, scale), series(m, { order, h }, 0));
  // I_v = I_{v+12} times the product of 1 / r = r + 2 (v + 1) / x, over x.
  let ratio = startRatio(m, { v, x });
  let logs = m.mul(m.log(x), -SHIFT);
  let product: T | undefined;
  for (let k = SHIFT; k > 0; k--) {
    const twice = m.mul(m.add(v, k), 2);
    const factor = m.add(m.mul(x, ratio), twice);
    product = product === undefined ? factor : m.mul(product, factor);
    if (k % 6 === 1) {
      logs = m.add(logs, m.log(product));
      product = undefined;
    }
    ratio = m.div(x, factor);
  }
  return m.whereGreater(
    x,
    SMALL,
    [m.add(start, logs)],
    [logPowerSeries(m, { v, x })],
  )[0];
}

/** d log(I_v(x) e^-x) / dx = r_v + v / x - 1. */
export function logIvSlope<T>(m: Arithmetic<T>, { v, x }: BesselPoint<T>): T {
  return m.add(besselRatio(m, { v, x }), m.sub(m.div(v, x), 1));
}

/** r_v(x) = I_{v+1}(x) / I_v(x), in (0, 1). */
export function besselRatio<T>(m: Arithmetic<T>, { v, x }: BesselPoint<T>): T {
  let ratio = startRatio(m, { v, x });
  for (let k = SHIFT; k > 0; k--) ratio = descend(m, { v, x }, ratio, k);
  return ratio;
}

/**
 * dr/dx = 1 - r^2 - (2v + 1) r / x, but by the derivative of the recurrence,
 * r'_{v-1} = r_{v-1}^2 (2v / x^2 - r'_v): the former cancels where x is large.
 */
export function besselRatioSlope<T>(
  m: Arithmetic<T>,
  { v, x }: BesselPoint<T>,
): T {
  const { order, h, root } = expand(m, { v, x });
  const h2 = m.mul(h, h);
  const xh2 = m.mul(m.mul(x, x), h2);
  const lead = m.div(order, m.mul(root, m.add(root, order)));
  const orders = m.mul(m.mul(order, order), h2);
  const scale = m.mul(m.mul(m.sub(xh2, orders), h2), 0.5);
  const bend = m.mul(m.sub(m.mul(xh2, 2), 1), series(m, { order, h }, 1));
  const rest = m.mul(h2, m.add(bend, m.mul(xh2, series(m, { order, h }, 2))));
  let slope = m.add(m.add(lead, scale), rest);
  let ratio = startRatio(m, { v, x });
  for (let k = SHIFT; k > 0; k--) {
    ratio = descend(m, { v, x }, ratio, k);
    const twice = m.mul(m.add(v, k), 2);
    const fall = m.sub(m.div(twice, m.mul(x, x)), slope);
    slope = m.mul(m.mul(ratio, ratio), fall);
  }
  return slope;
}

/** r_{v+k-1} from r_{v+k}. */
function descend<T>(
  m: Arithmetic<T>,
  { v, x }: BesselPoint<T>,
  ratio: T,
  k: number,
): T {
  return m.div(1, m.add(ratio, m.div(m.mul(m.add(v, k), 2), x)));
}

/** r at the order v + 12: d log I / dx - V / x, without that difference. */
function startRatio<T>(m: Arithmetic<T>, { v, x }: BesselPoint<T>): T {
  const { order, h, root } = expand(m, { v, x });
  const parts = m.sub(
    m.div(1, m.add(root, order)),
    m.mul(m.mul(h, h), m.add(series(m, { order, h }, 1), 0.5)),
  );
  return m.mul(x, parts);
}

function expand<T>(m: Arithmetic<T>, { v, x }: BesselPoint<T>) {
  const order = m.add(v, SHIFT);
  const root = m.sqrt(m.add(m.mul(order, order), m.mul(x, x)));
  return { order, root, h: m.div(1, root) };
}

/**
 * The series S; with `times` 1 or 2 what its derivatives are made of. Since
 * dh/dx = -x h^3 and dP/dx = -2 x h^2 P, a term h^k P^j has the derivative
 * -x h^2 (k + 2j) h^k P^j.
 */
function series<T>(
  m: Arithmetic<T>,
  { order, h }: { readonly order: T; readonly h: T },
  times: 0 | 1 | 2,
): T {
  const p = m.mul(order, h);
  const square = m.mul(p, p);
  return SERIES.reduceRight<T | undefined>((sum, coefficients, index) => {
    const weighted = coefficients.map((coefficient, j) =>
      coefficient * (index + 1 + 2 * j) ** times
    ) as [number, number];
    const term = polynomial(m, square, weighted);
    return m.mul(h, sum === undefined ? term : m.add(term, sum));
  }, undefined)!;
}

/** log of the power series (DLMF 10.25.2), for x up to 1. */
function logPowerSeries<T>(m: Arithmetic<T>, { v, x }: BesselPoint<T>): T {
  const quarter = m.mul(m.mul(x, x), 0.25);
  let sum = m.div(quarter, m.mul(m.add(v, 6), 6));
  for (let k = 5; k > 0; k--) {
    const factor = m.div(quarter, m.mul(m.add(v, k), k));
    sum = m.mul(factor, m.add(sum, 1));
  }
  const power = m.mul(v, m.log(m.mul(x, 0.5)));
  const first = m.sub(power, m.lgamma(m.add(v, 1)));
  return m.add(m.sub(first, x), m.log1p(sum));
}
