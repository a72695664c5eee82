/**
 * The law of the logarithm of a Gamma(a, 1) variable x, with density
 * f(y) = exp(a y - e^y) / Gamma(a) in y = log x. Below the mode log a the small
 * end is taken out by F(y; a) = F(y; a + 1) + f(y; a) / a (DLMF 8.8.5).
 *
 * @module
 */

import type { Arithmetic } from "./arithmetic.ts";
import type { Law } from "./quantile.ts";
import { type Accuracy, reach } from "./tail.ts";

/** The law as {@link Law}. */
export function gammaLaw<T>(m: Arithmetic<T>, a: T): Law<T> {
  const mode = m.log(a);
  const spread = m.mul(m.sqrt(a), Math.sqrt(2 / Math.PI));
  const half = m.div(1, m.add(spread, 1));
  const normalizer = m.lgamma(a);
  return {
    mode,
    lowerAtMode: m.add(m.div(1, a), half),
    upperAtMode: half,
    at: (y) => ({
      logDensity: m.sub(m.sub(m.mul(a, y), m.exp(y)), normalizer),
      slope: m.sub(a, m.exp(y)),
      bend: m.neg(m.exp(y)),
    }),
    logRatio: (y, accuracy) => m.log(ratio(m, { a, y, mode }, accuracy)),
  };
}

/** log f(y). */
export function logDensity<T>(m: Arithmetic<T>, a: T, y: T): T {
  return m.sub(m.sub(m.mul(a, y), m.exp(y)), m.lgamma(a));
}

/**
 * F / f up to the mode, (1 - F) / f above it, from the integral of
 * g(v) = exp(c v - x (e^v - 1)) over v < 0 with c = a + 1, or over v > 0 with
 * c = a.
 */
function ratio<T>(
  m: Arithmetic<T>,
  { a, y, mode }: { readonly a: T; readonly y: T; readonly mode: T },
  accuracy: Accuracy,
): T {
  const x = m.exp(y);
  // For v above 1.26, e^v - 1 - v is above (e^v - 1) / 2; and c is at most x there.
  // To the left x (1 - e^v) is at most x.
  const left = m.div(m.add(x, accuracy.depth), m.add(a, 1));
  const right = m.max(m.log1p(m.div(2 * accuracy.depth, x)), 1.26);
  const [c, sign, atMost] = m.whereGreater(
    y,
    mode,
    [a, 1, right],
    [m.add(a, 1), -1, left],
  );
  const range = reach(m, {
    slope: m.mul(sign, m.sub(x, c)),
    bend: x,
    at(w) {
      const v = m.mul(sign, w);
      const growth = m.expm1(v);
      const slope = m.sub(m.sub(c, x), m.mul(x, growth));
      return [
        m.sub(m.mul(c, v), m.mul(x, growth)),
        m.mul(sign, slope),
      ];
    },
  }, { ...accuracy, atMost });
  const [sum] = m.sumOver(
    [accuracy.nodes, accuracy.weights],
    [m.mul(sign, range), x, c],
    ([node, weight], [reach, x, c]) => {
      const v = m.mul(reach, node);
      const log = m.sub(m.mul(c, v), m.mul(x, m.sub(m.exp(v), 1)));
      return [m.mul(m.exp(log), weight)];
    },
  );
  const mass = m.mul(sum, range);
  const lower = m.div(m.add(m.mul(x, mass), 1), a);
  return m.whereGreater(y, mode, [mass], [lower])[0];
}
