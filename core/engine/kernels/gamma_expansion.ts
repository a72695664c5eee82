/**
 * How a quantile of Gamma(a, 1) moves with a large a.
 *
 * With lambda = x / a = e^l and eta^2 / 2 = lambda - 1 - l, Temme's inversion of
 * the incomplete gamma function (DLMF 8.12.22: eta = eta_0 + epsilon_1(eta_0) / a
 * + ..., eta_0 = const / sqrt(a)), differentiated at a fixed quantile, gives
 *
 *     d log x / da = (l / (e^l - 1) + g(l) / (2a) + 1 / (60 a^2)) / a + O(a^-4),
 *     g(l) = (2 (mu - l) (1 + mu) / mu^2 - 1) / mu,  mu = e^l - 1.
 *
 * The last term is that of l = 0, which is where all quantiles go.
 *
 * @module
 */

/** Taylor series of g at 0, from the constant term up. */
export const G_SERIES: readonly number[] = [
  1 / 3,
  -1 / 6,
  1 / 60,
  1 / 180,
  -1 / 1008,
  -1 / 5040,
];

/** The coefficient of a^-3. */
export const LAST_TERM = 1 / 60;

/** From which shape the expansion has the accuracy of the engine's type. */
export const LARGE_SHAPE = { float32: 64, float64: 500 } as const;

/** d log x / da at a fixed quantile, for a beyond {@link LARGE_SHAPE}. */
export function logSlopeForLargeShape(a: number, logX: number): number {
  const l = logX - Math.log(a);
  const g = G_SERIES.reduceRight((sum, term) => sum * l + term, 0);
  const first = l === 0 ? 1 : l / Math.expm1(l);
  return (first + g / (2 * a) + LAST_TERM / (a * a)) / a;
}
