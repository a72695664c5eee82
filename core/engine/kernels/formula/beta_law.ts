/**
 * The law of the logit of a Beta(a, b) variable z, with density
 * f(y) = z^a (1 - z)^b / B(a, b) in y = log(z / (1 - z)): tails, slopes and what
 * a quantile needs.
 *
 * Everything is computed in the tail below y, with y at most the mode
 * log(a / b); above it the law is turned round. The small end is taken out by
 * the recurrence in a (DLMF 8.17.20), so that the rest decays at least like e^-w:
 *
 *     F(y; a, b) = F(y; a + 1, b) + f(y; a, b) / a.
 *
 * @module
 */

import type { Arithmetic } from "./arithmetic.ts";
import { type BetaPoint, betaTail, logParts } from "./beta_tail.ts";
import { digammaRise } from "./digamma_difference.ts";
import type { Law } from "./quantile.ts";
import { type Accuracy, EXACT } from "./tail.ts";

/** log f(y). */
export function logDensity<T>(
  m: Arithmetic<T>,
  { a, b, logit }: BetaPoint<T>,
): T {
  const [logZ, logRest] = logParts(m, logit);
  const powers = m.add(m.mul(a, logZ), m.mul(b, logRest));
  return m.sub(powers, logBeta(m, a, b));
}

/** log B(a, b). */
export function logBeta<T>(m: Arithmetic<T>, a: T, b: T): T {
  return m.sub(m.add(m.lgamma(a), m.lgamma(b)), m.lgamma(m.add(a, b)));
}

/** F(y), the distribution function. */
export function distribution<T>(m: Arithmetic<T>, point: BetaPoint<T>): T {
  const density = m.exp(logDensity(m, point));
  const own = m.mul(density, ratio(m, turn(m, point), EXACT));
  const [value] = m.whereGreater(
    point.logit,
    mode(m, point),
    [m.sub(1, own)],
    [own],
  );
  return value;
}

/**
 * dy/da and dy/db at a fixed quantile: -(dF/da) / f, with dF/da the integral of
 * (log z - E log z) f up to y, and likewise for b.
 */
export function quantileSlopes<T>(
  m: Arithmetic<T>,
  point: BetaPoint<T>,
  accuracy: Accuracy,
): readonly [T, T] {
  const turned = turn(m, point);
  const { a, b } = turned;
  const whole = m.add(a, b);
  const raised = m.add(a, 1);
  const { logZ, logRest, z, moments } = betaTail(m, turned, accuracy);
  const [mass, fall, rise] = moments;
  const riseA = digammaRise(m, raised, b);
  const riseB = digammaRise(m, b, a);
  // log t - E log t = (log z + riseA) + (log t - log z).
  const first = m.add(m.mul(m.add(logZ, riseA), mass), fall);
  const meanB = m.add(riseB, m.div(1, whole));
  const second = m.add(m.mul(m.add(logRest, meanB), mass), rise);
  const scale = m.div(m.mul(z, whole), a);
  const endA = m.sub(m.div(1, whole), m.add(riseA, logZ));
  const endB = m.add(logRest, riseB);
  const own = m.sub(m.div(endA, a), m.mul(first, scale));
  const other = m.neg(m.add(m.mul(second, scale), m.div(endB, a)));
  return m.whereGreater(
    point.logit,
    mode(m, point),
    [m.neg(other), m.neg(own)],
    [own, other],
  );
}

/** The law as {@link Law}. */
export function betaLaw<T>(m: Arithmetic<T>, a: T, b: T): Law<T> {
  const middle = mode(m, { a, b });
  const spread = m.sqrt(m.div(m.mul(a, b), m.add(a, b)));
  const half = m.div(1, m.add(m.mul(spread, Math.sqrt(2 / Math.PI)), 1));
  const normalizer = logBeta(m, a, b);
  return {
    mode: middle,
    lowerAtMode: m.add(m.div(1, a), half),
    upperAtMode: m.add(m.div(1, b), half),
    at(logit) {
      const [logZ, logRest] = logParts(m, logit);
      const z = m.exp(logZ);
      const rest = m.exp(logRest);
      return {
        logDensity: m.sub(
          m.add(m.mul(a, logZ), m.mul(b, logRest)),
          normalizer,
        ),
        slope: m.sub(m.mul(a, rest), m.mul(b, z)),
        bend: m.neg(m.mul(m.add(a, b), m.mul(z, rest))),
      };
    },
    logRatio: (logit, accuracy) =>
      m.log(ratio(m, turn(m, { a, b, logit }), accuracy)),
  };
}

function mode<T>(
  m: Arithmetic<T>,
  { a, b }: Pick<BetaPoint<T>, "a" | "b">,
): T {
  return m.log(m.div(a, b));
}

/** The point seen from the side where its tail is: 1 - z is Beta(b, a). */
function turn<T>(m: Arithmetic<T>, point: BetaPoint<T>): BetaPoint<T> {
  const [a, b, logit] = m.whereGreater(
    point.logit,
    mode(m, point),
    [point.b, point.a, m.neg(point.logit)],
    [point.a, point.b, point.logit],
  );
  return { a, b, logit };
}

/** F(y) / f(y) for y up to the mode. */
function ratio<T>(
  m: Arithmetic<T>,
  point: BetaPoint<T>,
  accuracy: Accuracy,
): T {
  const { z, moments: [mass] } = betaTail(m, point, accuracy);
  const share = m.mul(m.mul(z, m.add(point.a, point.b)), mass);
  return m.div(m.add(share, 1), point.a);
}
