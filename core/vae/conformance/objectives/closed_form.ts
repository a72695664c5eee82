/**
 * A model whose likelihood is known: z ~ N(m, I) in two dimensions and x ~
 * N(W z + b, s^2 I) in three, so that x ~ N(W m + b, W W' + s^2 I) (Bishop 2006,
 * "Pattern Recognition and Machine Learning", section 12.2). The columns of W
 * are orthogonal: p(z|x) is Gaussian with a diagonal covariance.
 *
 * @module
 */

/** Rows of W. */
export const LOADINGS: readonly (readonly [number, number])[] = [
  [1.2, 0.5],
  [0.4, -0.9],
  [-0.3, 0.8],
];
/** Standard deviation s of the noise. */
export const NOISE = 0.7;
/** The two images of which batches consist, row by row in turns. */
export const IMAGES: readonly (readonly number[])[] = [
  [0.9, -1.3, 0.4],
  [-1.1, 0.6, 1.5],
];

/** Numbers that a step would train, in their order. */
export const PARAMETERS = [
  "the posterior's mean[0]",
  "the posterior's mean[1]",
  "the posterior's log scale[0]",
  "the posterior's log scale[1]",
  "the prior's mean[0]",
  "the prior's mean[1]",
  "the decoder's offset[0]",
  "the decoder's offset[1]",
  "the decoder's offset[2]",
] as const;

/**
 * Values of the {@link PARAMETERS}. Those of the posterior are differences from
 * p(z|x) at {@link EXACT}: with zeros there q(z|x) is exact.
 */
export type Point = readonly number[];

/** Where q(z|x) is p(z|x). */
export const EXACT: Point = [0, 0, 0, 0, 0.3, -0.2, 0.2, -0.1, 0.4];
/** Where it is another. */
export const AWAY: Point = [0.5, -0.4, -0.5, 0.4, 0.3, -0.2, 0.2, -0.1, 0.4];

/** Means over the images in closed form, in nats an image. */
export interface Known {
  readonly logLikelihood: number;
  readonly elbo: number;
  readonly reconstruction: number;
  /** KL(q(z|x) || p(z)) of each dimension. */
  readonly kl: readonly [number, number];
}

/** What is known at a point. */
export function knownAt(point: Point): Known {
  const all = IMAGES.map((image) => knownOf(image, point));
  const mean = (value: (of: Known) => number) =>
    all.reduce((sum, of) => sum + value(of), 0) / all.length;
  return {
    logLikelihood: mean(({ logLikelihood }) => logLikelihood),
    elbo: mean(({ elbo }) => elbo),
    reconstruction: mean(({ reconstruction }) => reconstruction),
    kl: [mean(({ kl }) => kl[0]), mean(({ kl }) => kl[1])],
  };
}

/** Mean and standard deviation of p(z|x) at {@link EXACT}. */
export function exactPosterior(image: readonly number[]) {
  return posteriorOf(image, EXACT);
}

function posteriorOf(image: readonly number[], point: Point) {
  const prior = point.slice(4, 6);
  const rest = image.map((x, i) =>
    x - point[6 + i]! - dot(LOADINGS[i]!, prior)
  );
  const variances = [0, 1].map((d) =>
    1 / (1 + dot(column(d), column(d)) / NOISE ** 2)
  );
  return {
    mean: variances.map((variance, d) =>
      prior[d]! + variance * dot(column(d), rest) / NOISE ** 2
    ),
    scale: variances.map(Math.sqrt),
  };
}

function knownOf(image: readonly number[], point: Point): Known {
  const truth = posteriorOf(image, point);
  const base = exactPosterior(image);
  const prior = point.slice(4, 6);
  const mean = base.mean.map((value, d) => value + point[d]!);
  const scale = base.scale.map((value, d) => value * Math.exp(point[2 + d]!));
  const [first, second] = [0, 1].map((d) =>
    klOf([mean[d]!, scale[d]!], [prior[d]!, 1])
  ) as [number, number];
  const squares = image.reduce((sum, x, i) => {
    const rest = x - point[6 + i]! - dot(LOADINGS[i]!, mean);
    const spread = LOADINGS[i]!.map((w, d) => w * scale[d]!);
    return sum + rest ** 2 + dot(spread, spread);
  }, 0);
  const reconstruction = squares / (2 * NOISE ** 2) +
    image.length * Math.log(NOISE * Math.sqrt(2 * Math.PI));
  const elbo = -(reconstruction + first + second);
  const gap = [0, 1].reduce((sum, d) =>
    sum +
    klOf([mean[d]!, scale[d]!], [truth.mean[d]!, truth.scale[d]!]), 0);
  return {
    logLikelihood: elbo + gap,
    elbo,
    reconstruction,
    kl: [first, second],
  };
}

/** KL of two Gaussians, each a mean and a standard deviation. */
function klOf(
  [mean, scale]: readonly [number, number],
  [otherMean, otherScale]: readonly [number, number],
): number {
  const ratio = (scale / otherScale) ** 2;
  const shift = ((mean - otherMean) / otherScale) ** 2;
  return 0.5 * (ratio + shift - 1 - Math.log(ratio));
}

function column(d: number): readonly number[] {
  return LOADINGS.map((row) => row[d]!);
}

function dot(a: readonly number[], b: readonly number[]): number {
  return a.reduce((sum, value, i) => sum + value * b[i]!, 0);
}
