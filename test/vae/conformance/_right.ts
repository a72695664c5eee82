/**
 * Two priors that are right, taken apart so that one thing can be made wrong:
 * N(0, 1) with a Gaussian posterior, and Gamma(3, 2) with a Gamma posterior.
 *
 * @module
 */

import {
  definePrior,
  digamma,
  identity,
  lgamma,
  positive,
  positiveReal,
  type Prior,
  type PriorContext,
  type PriorPlugin,
  type Random,
  real,
  type Tensor,
  type Tensor1D,
  type Tensor2D,
  tf,
  v,
} from "../../../core/mod.ts";

/** Members of a prior with these parameters, without its head. */
export type Parts<Name extends string> = Omit<
  Prior<{ [K in Name]: { units: number; constrain(raw: Tensor2D): Tensor2D } }>,
  "head"
>;

/** Members of the Gaussian. */
export type GaussianParts = Parts<"mean" | "scale">;
/** Members of the Gamma. */
export type GammaParts = Parts<"concentration" | "rate">;

/** Whose plugin it is: its file. */
export interface Identity {
  readonly name: string;
  readonly module: string;
  /** In place of {@link positive} for the scale, or for both parameters of the Gamma. */
  readonly constrain?: (raw: Tensor2D) => Tensor2D;
}

/** The Gaussian with some members replaced. */
export function gaussianWith(
  { name, module, constrain = positive() }: Identity,
  replace: (
    right: GaussianParts,
    context: PriorContext,
  ) => Partial<GaussianParts> = () => ({}),
): PriorPlugin {
  return definePrior({
    ...identityOf(name, module),
    head: (_, { latentDim }) => ({
      mean: { units: latentDim, constrain: identity },
      scale: { units: latentDim, constrain },
    }),
    create(_, context) {
      const right = gaussian(context);
      return { ...right, ...replace(right, context) };
    },
  });
}

/** The Gamma with some members replaced. */
export function gammaWith(
  { name, module, constrain = positive({ floor: 0.1 }) }: Identity,
  replace: (
    right: GammaParts,
    context: PriorContext,
  ) => Partial<GammaParts> = () => ({}),
): PriorPlugin {
  return definePrior({
    ...identityOf(name, module),
    head: (_, { latentDim }) => ({
      concentration: { units: latentDim, constrain },
      rate: { units: latentDim, constrain },
    }),
    create(_, context) {
      const right = gamma(context);
      return { ...right, ...replace(right, context) };
    },
  });
}

/** Concentration and rate of the Gamma prior. */
export const GAMMA = { concentration: 3, rate: 2 } as const;

/** A Gamma draw, kept off 0. */
export function drawGamma(
  concentration: Tensor,
  rate: Tensor,
  random: Random,
): Tensor2D {
  const log = tf.sub(random.logGamma(concentration), tf.log(rate));
  return tf.exp(tf.maximum(log, -87)) as Tensor2D;
}

/** Its log-density, summed over coordinates. */
export function logGammaDensity(
  concentration: Tensor,
  rate: Tensor,
  latent: Tensor2D,
): Tensor1D {
  return tf.sum(
    tf.add(
      tf.sub(tf.mul(concentration, tf.log(rate)), lgamma(concentration)),
      tf.sub(
        tf.mul(tf.sub(concentration, 1), tf.log(latent)),
        tf.mul(rate, latent),
      ),
    ),
    1,
  );
}

/** The terms of its KL to `prior`, `[B, D]`. */
export function gammaDivergence(
  concentration: Tensor,
  rate: Tensor,
  { concentration: c, rate: r }: Readonly<
    Record<"concentration" | "rate", number>
  > = GAMMA,
): Tensor2D {
  return tf.addN([
    tf.mul(tf.sub(concentration, c), digamma(concentration)),
    tf.sub(lgamma(tf.scalar(c)), lgamma(concentration)),
    tf.mul(c, tf.sub(tf.log(rate), Math.log(r))),
    tf.mul(concentration, tf.sub(tf.div(r, rate), 1)),
  ]) as Tensor2D;
}

/** log N(latent; mean, scale^2), summed over coordinates. */
export function logNormal(
  mean: Tensor | number,
  scale: Tensor | number,
  latent: Tensor2D,
): Tensor1D {
  const distance = tf.div(tf.sub(latent, mean), scale);
  const normalizer = tf.add(tf.log(scale), 0.5 * Math.log(2 * Math.PI));
  return tf.sum(
    tf.neg(tf.add(tf.mul(0.5, tf.square(distance)), normalizer)),
    1,
  );
}

/** The terms of the Gaussian's KL, `[B, D]`. */
export function gaussianDivergence(mean: Tensor2D, scale: Tensor2D): Tensor2D {
  const variance = tf.square(scale);
  const terms = tf.sub(
    tf.add(variance, tf.square(mean)),
    tf.add(1, tf.log(variance)),
  );
  return tf.mul(0.5, terms);
}

function gaussian({ latentDim }: PriorContext): GaussianParts {
  return {
    support: real,
    reparameterization: "explicit",
    sample: ({ mean, scale }, random) =>
      tf.add(mean, tf.mul(scale, random.normal(mean.shape))),
    klDivergence: ({ mean, scale }) =>
      tf.sum(gaussianDivergence(mean, scale), 1),
    posteriorMean: ({ mean }) => mean,
    priorSample: (count, random) =>
      random.normal([count, latentDim]).as2D(count, latentDim),
    densities: {
      posterior: ({ mean, scale }, latent) => logNormal(mean, scale, latent),
      prior: (latent) => logNormal(0, 1, latent),
    },
  };
}

function gamma({ latentDim }: PriorContext): GammaParts {
  const full = (count: number, value: number) =>
    tf.fill([count, latentDim], value);
  return {
    support: positiveReal,
    reparameterization: "implicit",
    sample: ({ concentration, rate }, random) =>
      drawGamma(concentration, rate, random),
    klDivergence: ({ concentration, rate }) =>
      tf.sum(gammaDivergence(concentration, rate), 1),
    posteriorMean: ({ concentration, rate }) => tf.div(concentration, rate),
    priorSample: (count, random) =>
      drawGamma(
        full(count, GAMMA.concentration),
        full(count, GAMMA.rate),
        random,
      ),
    densities: {
      posterior: ({ concentration, rate }, latent) =>
        logGammaDensity(concentration, rate, latent),
      prior: (latent) =>
        logGammaDensity(
          tf.scalar(GAMMA.concentration),
          tf.scalar(GAMMA.rate),
          latent,
        ),
    },
  };
}

function identityOf(name: string, module: string) {
  return {
    name,
    version: "1.0.0",
    apiVersion: 1,
    module,
    description: "For tests of the conformance kit",
    options: v.strictObject({}),
  } as const;
}
