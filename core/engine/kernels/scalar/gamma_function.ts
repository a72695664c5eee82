/**
 * The logarithm of the gamma function and its derivatives, in float64: the
 * recurrence, then the asymptotic series (DLMF 5.5 and 5.11); below 0 by
 * reflection (5.5.3 and 5.5.4), as TensorFlow has them.
 *
 * @module
 */

/** From here on the series have the digits of double. */
const LARGE = 9;
/** Bernoulli's numbers B_2, B_4 ... */
const BERNOULLI = [1 / 6, -1 / 30, 1 / 42, -1 / 30, 5 / 66, -691 / 2730, 7 / 6];
const LOG_LARGE = Math.log(LARGE);
const STIRLING = coefficients((b, n) => b / (n * (n - 1)));
const PSI = coefficients((b, n) => b / n);
const PSI_1 = coefficients((b) => b);
/** Stirling's series at the end of the recurrence from 2. */
const AT_LARGE = series(STIRLING, LARGE) / LARGE;

/** log |Gamma(x)|. */
export function gammaln(x = NaN): number {
  if (x < 0) return Math.log(Math.PI / sineOf(x)) - gammaln(1 - x);
  if (!(x >= 0)) return NaN;
  if (x >= LARGE) {
    const most = (x - 0.5) * (Math.log(x) - 1);
    return most + Math.log(2 * Math.PI) / 2 - 0.5 + series(STIRLING, x) / x;
  }
  return x < 1.5 ? aboveTwo(x - 1) - Math.log(x) : aboveTwo(x - 2);
}

/** psi(x). */
export function digamma(x = NaN): number {
  if (x < 0) return digamma(1 - x) - Math.PI / Math.tan(angleOf(x));
  if (!(x > 0)) return NaN;
  // The sum of 1 / (x + k) as one fraction: divisions are slow.
  let above = 0, below = 1, y = x;
  for (; y < LARGE; y++) {
    above = above * y + below;
    below *= y;
  }
  const w = 1 / y;
  return Math.log(y) - w * (0.5 + w * series(PSI, y)) - above / below;
}

/** psi'(x). */
export function trigamma(x = NaN): number {
  if (x < 0) return (Math.PI / sineOf(x)) ** 2 - trigamma(1 - x);
  if (!(x > 0)) return NaN;
  let head = 0, y = x;
  for (; y < LARGE; y++) head += 1 / (y * y);
  const w = 1 / y;
  // One division of the whole rounds once, which differences of it notice.
  return head + (1 + w * (0.5 + w * series(PSI_1, y))) / y;
}

/** pi times the distance to the nearest whole number, with its sign. */
function angleOf(x: number): number {
  return Math.PI * (x - Math.round(x));
}

/** |sin(pi x)|. */
function sineOf(x: number): number {
  return Math.abs(Math.sin(angleOf(x)));
}

/**
 * log Gamma(2 + z) for -1 <= z < 7: what the recurrence from 2 + z and that from
 * 2 differ in, with z divided out, so that the roots at 1 and 2 keep their digits.
 */
function aboveTwo(z: number): number {
  let product = 0;
  for (let k = 2; k < LARGE; k++) product += (1 + product) * (z / k);
  const y = LARGE + z;
  const most = (y - 0.5) * Math.log1p(z / LARGE) + z * (LOG_LARGE - 1);
  return most + (series(STIRLING, y) / y - AT_LARGE) - Math.log1p(product);
}

function coefficients(of: (b: number, n: number) => number): Float64Array {
  return Float64Array.from(BERNOULLI, (b, i) => of(b, 2 * i + 2));
}

/** A series in 1 / x^2. */
function series(terms: Float64Array, x: number): number {
  const w = 1 / (x * x);
  let sum = 0;
  for (let k = terms.length - 1; k >= 0; k--) sum = sum * w + terms[k]!;
  return sum;
}
