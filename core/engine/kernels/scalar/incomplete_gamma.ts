/**
 * The regularised lower incomplete gamma function and its slope at a fixed
 * quantile, in float64.
 *
 * @module
 */

import { LARGE_SHAPE, logSlopeForLargeShape } from "../gamma_expansion.ts";
import { digamma, gammaln } from "./gamma_function.ts";
import { erfc } from "./normal_distribution.ts";

/** From here on Temme's uniform expansion has float32's accuracy by far. */
const UNIFORM = 1e4;
/** Below this log x the first term of the series is the whole of it. */
const TINY_LOG = -30;

/** An integral divided by x^a e^-x, and its derivative in a. */
interface Scaled {
  readonly value: number;
  readonly slope: number;
}

/** P(a, x), the distribution function of Gamma(a, 1). */
export function gammainc(a = NaN, x = NaN): number {
  if (!(a > 0) || !(x >= 0)) return NaN;
  if (x === 0) return 0;
  if (x === Infinity) return 1;
  if (a > UNIFORM) return uniform(a, x);
  const front = Math.exp(a * Math.log(x) - x - gammaln(a));
  return isLower(a, x)
    ? front * lowerSeries(a, x).value
    : 1 - front * upperFraction(a, x).value;
}

/**
 * d log x / da at a fixed quantile of Gamma(a, 1): `-(dP/da) / (x p(x))`, the
 * implicit gradient of a draw's logarithm (Figurnov, Mohamed and Mnih 2018,
 * eq. 5).
 */
export function logGammaSlope(a = NaN, logX = NaN): number {
  if (logX < TINY_LOG) return (digamma(a + 1) - logX) / a;
  if (a > LARGE_SHAPE.float64) return logSlopeForLargeShape(a, logX);
  const x = Math.exp(logX);
  const lower = isLower(a, x);
  const { value, slope } = lower ? lowerSeries(a, x) : upperFraction(a, x);
  const total = (logX - digamma(a)) * value + slope;
  return lower ? -total : total;
}

function isLower(a: number, x: number): boolean {
  return x <= 1 || x <= a;
}

/** The lower integral: sum_n x^n / (a (a+1) ... (a+n)) (DLMF 8.7.1). */
function lowerSeries(a: number, x: number): Scaled {
  let term = 1 / a, harmonic = 1 / a;
  let value = term, slope = -term * harmonic;
  for (let n = 1; term * harmonic > Number.EPSILON * -slope; n++) {
    term *= x / (a + n);
    harmonic += 1 / (a + n);
    value += term;
    slope -= term * harmonic;
  }
  return { value, slope };
}

/**
 * The upper integral: Legendre's continued fraction (DLMF 8.9.2, contracted),
 * by the recurrence of its numerators p and denominators q, with the derivative
 * of every quantity carried along.
 */
function upperFraction(a: number, x: number): Scaled {
  let p0 = 0, dp0 = 0, q0 = 1, dq0 = 0;
  let p1 = 1, dp1 = 0, q1 = x + 1 - a, dq1 = -1;
  let value = p1 / q1, slope = -value * dq1 / q1;
  for (let n = 1; n < 1e5; n++) {
    const c = n * (a - n), d = x + 2 * n + 1 - a;
    const p2 = d * p1 + c * p0, dp2 = d * dp1 - p1 + c * dp0 + n * p0;
    const q2 = d * q1 + c * q0, dq2 = d * dq1 - q1 + c * dq0 + n * q0;
    // The fraction is the same for numerators and denominators of any scale.
    const scale = 1 / q2;
    [p0, dp0, q0, dq0] = [p1 * scale, dp1 * scale, q1 * scale, dq1 * scale];
    [p1, dp1, q1, dq1] = [p2 * scale, dp2 * scale, 1, dq2 * scale];
    const last = { value, slope };
    value = p1;
    slope = dp1 - p1 * dq1;
    if (near(value, last.value) && near(slope, last.slope)) break;
  }
  return { value, slope };
}

function near(a: number, b: number): boolean {
  return !(Math.abs(a - b) > 1e-14 * Math.abs(a));
}

/** Temme's uniform expansion (DLMF 8.12.3 to 8.12.8), first term. */
function uniform(a: number, x: number): number {
  const mu = (x - a) / a;
  const half = mu - Math.log1p(mu);
  const eta = Math.sign(mu) * Math.sqrt(2 * half);
  // 1/mu - 1/eta loses its digits near the mean.
  const first = Math.abs(mu) < 1e-2
    ? -1 / 3 + eta / 12 - 2 * eta * eta / 135
    : 1 / mu - 1 / eta;
  const rest = Math.exp(-a * half) / Math.sqrt(2 * Math.PI * a) * first;
  return erfc(-eta * Math.sqrt(a / 2)) / 2 - rest;
}
