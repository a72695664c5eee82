/**
 * A model whose likelihood is known: z ~ N(0, I) in two dimensions and x ~
 * N(W z + b, s^2 I) in five, so that x ~ N(b, W W' + s^2 I) (Bishop 2006,
 * "Pattern Recognition and Machine Learning", section 12.2).
 *
 * @module
 */

/** Rows of `W`; its columns are not orthogonal, hence the posterior is no product. */
export const LOADINGS: readonly (readonly [number, number])[] = [
  [1.2, 0.3],
  [-0.7, 0.9],
  [0.4, 0.8],
  [0.1, -1.1],
  [-0.5, 0.2],
];
export const OFFSET = [0.5, -1, 0, 2, 0.3] as const;
/** Standard deviation `s` of the noise. */
export const NOISE = 0.8;

/** What is known of one `x`, in closed form. */
export interface Known {
  /** log p(x), nats. */
  readonly logLikelihood: number;
  /** Mean and covariance of p(z|x). */
  readonly mean: readonly [number, number];
  readonly covariance: readonly [number, number, number];
}

/** Likelihood and posterior of `x`, by the matrix inversion lemma. */
export function known(x: readonly number[]): Known {
  const variance = NOISE ** 2;
  const rest = x.map((value, i) => value - OFFSET[i]!);
  const sum = (term: (i: number) => number) =>
    rest.reduce((total, _, i) => total + term(i), 0);
  // The posterior's precision I + W'W / s^2, and W'(x - b).
  const a = 1 + sum((i) => LOADINGS[i]![0] ** 2) / variance;
  const b = sum((i) => LOADINGS[i]![0] * LOADINGS[i]![1]) / variance;
  const c = 1 + sum((i) => LOADINGS[i]![1] ** 2) / variance;
  const u = sum((i) => LOADINGS[i]![0] * rest[i]!) / variance;
  const w = sum((i) => LOADINGS[i]![1] * rest[i]!) / variance;
  const determinant = a * c - b * b;
  const mean = [
    (c * u - b * w) / determinant,
    (a * w - b * u) / determinant,
  ] as const;
  const square = sum((i) => rest[i]! ** 2) / variance -
    (u * mean[0] + w * mean[1]);
  const logDeterminant = x.length * Math.log(variance) + Math.log(determinant);
  return {
    logLikelihood: -0.5 *
      (x.length * Math.log(2 * Math.PI) + logDeterminant + square),
    mean,
    covariance: [c / determinant, -b / determinant, a / determinant],
  };
}

/**
 * KL(q || p(z|x)) in nats of q = N(mean of the posterior, diag(scale^2)): what
 * the ELBO lacks of log p(x).
 */
export function gapOf(
  { covariance: [a, b, c] }: Known,
  scale: readonly [number, number],
): number {
  const determinant = a * c - b * b;
  const trace = (c * scale[0] ** 2 + a * scale[1] ** 2) / determinant;
  return 0.5 *
    (trace - 2 + Math.log(determinant) - 2 * Math.log(scale[0] * scale[1]));
}
