/**
 * Importance weights of draws, which iwae and dreg share.
 *
 * @module
 */

import {
  type ObjectiveModel,
  type ObjectiveTerms,
  type Posterior,
  type Scalar,
  stopGradient,
  type Tensor1D,
  type Tensor2D,
  tf,
  v,
} from "vae-priors";

/** The option of how many draws each image has. */
export const samples = () =>
  v.optional(
    v.pipe(
      v.number(),
      v.integer(),
      v.minValue(1),
      v.maxValue(5000),
      v.description("draws for each image, K; with 1 the bound is the ELBO"),
    ),
    5,
  );

/** What the weights of draws are made of, each `[B, K]`, in nats. */
export interface WeightParts {
  /** log p(x|z_k) + log p(z_k) - log q(z_k|x) */
  readonly logWeights: Tensor2D;
  /** log p(x|z_k) */
  readonly logLikelihood: Tensor2D;
}

/** Weighs the draws `latent` `[B * K, S]` of `posterior`. */
export function weigh(
  model: ObjectiveModel,
  posterior: Posterior,
  latent: Tensor2D,
): WeightParts {
  const logLikelihood = model.logLikelihood(latent);
  const logRatio = tf.sub(
    model.logPrior(latent),
    model.logPosterior(posterior, latent),
  );
  return {
    logWeights: tf.add(logLikelihood, logRatio) as Tensor2D,
    logLikelihood,
  };
}

/**
 * The importance-weighted bound, log 1/K sum_k w_k (Burda, Grosse and
 * Salakhutdinov 2016, eq. 8), of opposite sign and averaged over the images, in
 * nats. Its gradient by log w_k is the normalised weight of draw k (eq. 14).
 */
export function boundTerms(
  { logWeights, logLikelihood }: WeightParts,
): ObjectiveTerms {
  const draws = logWeights.shape[1];
  const logMean = tf.sub(tf.logSumExp(logWeights, 1), Math.log(draws));
  const reconstruction = tf.neg(tf.mean(logLikelihood, 1)) as Tensor1D;
  return {
    loss: tf.neg(tf.mean(logMean)) as Scalar,
    reconstruction,
    // The mean of log q - log p over the draws: log p(x|z) less log w.
    kl: tf.sub(
      tf.neg(reconstruction),
      tf.mean(logWeights, 1),
    ) as Tensor1D,
  };
}

/** q(z|x) that the encoder learns nothing by. */
export function stopped(posterior: Posterior): Posterior {
  return Object.fromEntries(
    Object.entries(posterior).map(([name, parameter]) =>
      [name, stopGradient(parameter)] as const
    ),
  );
}
