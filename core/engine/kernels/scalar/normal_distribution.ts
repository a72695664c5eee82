/**
 * The complementary error function and quantiles of the standard normal
 * distribution, in float64.
 *
 * @module
 */

/** Below it the Taylor series has few terms, and the rule's pole cancels. */
const SMALL = 0.5;
/** Above it double has no number but 0. */
const LARGE = 28;
/** The step of the trapezoidal rule, which errs by e^-39. */
const STEP = 0.5;
/** Squares of its points, and weights; those that follow are below 1e-16. */
const SQUARES = Float64Array.from(
  { length: 12 },
  (_, k) => ((k + 1) * STEP) ** 2,
);
const WEIGHTS = SQUARES.map((square) => 2 * Math.exp(-square));
/** Coefficients of erf x / x, in x^2. */
const TAYLOR = Float64Array.from(
  { length: 13 },
  (_, n) => 2 / Math.sqrt(Math.PI) * (-1) ** n / (factorial(n) * (2 * n + 1)),
);

/**
 * The complementary error function: the Taylor series of erf, and the
 * trapezoidal rule on DLMF 7.7.1, with the residue of the pole at ix (Matta and
 * Reichel 1971).
 */
export function erfc(x = NaN): number {
  if (x < 0) return 2 - erfc(-x);
  if (x > LARGE) return 0;
  const x2 = x * x;
  if (x < SMALL) {
    let sum = 0;
    for (let n = TAYLOR.length - 1; n >= 0; n--) sum = sum * x2 + TAYLOR[n]!;
    return 1 - x * sum;
  }
  let sum = 1 / x2;
  for (let k = 0; k < SQUARES.length; k++) {
    sum += WEIGHTS[k]! / (SQUARES[k]! + x2);
  }
  const rule = STEP * x / Math.PI * Math.exp(-x2) * sum;
  const isInside = x < Math.PI / STEP;
  return isInside ? rule - 2 / Math.expm1(2 * Math.PI * x / STEP) : rule;
}

/**
 * The quantile of the standard normal distribution: a start that is off by
 * 4.5e-4 at most (Abramowitz and Stegun 26.2.23), then Halley's method.
 */
export function ndtri(p = NaN): number {
  if (!(p >= 0 && p <= 1)) return NaN;
  if (p === 0.5) return 0;
  const lower = Math.min(p, 1 - p);
  if (lower === 0) return p === 0 ? -Infinity : Infinity;
  const t = Math.sqrt(-2 * Math.log(lower));
  let x = (2.515517 + t * (0.802853 + t * 0.010328)) /
      (1 + t * (1.432788 + t * (0.189269 + t * 0.001308))) - t;
  for (let step = 0; step < 2; step++) {
    const density = Math.exp(-x * x / 2) / Math.sqrt(2 * Math.PI);
    const error = (erfc(-x * Math.SQRT1_2) / 2 - lower) / density;
    x -= error / (1 + x * error / 2);
  }
  return p < 0.5 ? x : -x;
}

function factorial(n: number): number {
  return n <= 1 ? 1 : n * factorial(n - 1);
}
