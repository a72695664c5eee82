/**
 * Importance-weighted likelihood (Burda, Grosse and Salakhutdinov 2016, eq. 8).
 *
 * @module
 */

import type { Tensors } from "../../engine/program/program.ts";
import type { Random } from "../../engine/random.ts";
import { type Tensor2D, tf } from "../../engine/tf.ts";
import type {
  Densities,
  Posterior,
  Prior,
  PriorScope,
} from "../plugin/prior.ts";
import { logLikelihoodOfDraws } from "./draws_likelihood.ts";
import type { Model } from "./model.ts";
import { encode } from "./network.ts";
import { priorScope } from "./prior_scope.ts";
import { repeatPosterior } from "./repeat_rows.ts";

/** A prior whose densities are known. */
export type DensePrior = Prior & { readonly densities: Densities };

/** A model with such a prior. */
export type DenseModel = Model & { readonly prior: DensePrior };

/** What the weights are computed from. */
export interface ImportanceInputs {
  readonly weights: Tensors;
  /** `[B, P]`, as the likelihood has them. */
  readonly images: Tensor2D;
  /** Draws for each image, `K`. */
  readonly samples: number;
  readonly random: Random;
}

/** What draws z_k ~ q(z|x) weigh, nats, `[B, K]`. */
export interface WeighedDraws {
  /** `log p(x|z_k) + log p(z_k) - log q(z_k|x)`. */
  readonly logWeights: Tensor2D;
  /** `log p(z_k) - log q(z_k|x)`. */
  readonly logRatios: Tensor2D;
}

/** Logarithms of the importance weights of `K` draws z_k ~ q(z|x) of each image. */
export function logImportanceWeights(
  model: DenseModel,
  { weights, images, samples, random }: ImportanceInputs,
): WeighedDraws {
  return weighDraws(model.prior, {
    posterior: encode(model, weights, images),
    scope: priorScope(model, weights),
    samples,
    random,
    logLikelihood: (latent) =>
      logLikelihoodOfDraws(model, weights, { latent, images }),
  });
}

/** What {@link weighDraws} needs, whatever the likelihood is. */
export interface WeighOptions {
  /** q(z|x), each parameter `[B, units]`. */
  readonly posterior: Posterior;
  readonly scope: PriorScope;
  /** Draws for each row of the posterior, `K`. */
  readonly samples: number;
  readonly random: Random;
  /**
   * log p(x_b|z) in nats, `[B, K]`, at the draws `[B * K, S]`: `K` in a row for
   * each `x_b`.
   */
  logLikelihood(latent: Tensor2D): Tensor2D;
}

/** The same of any posterior and likelihood. */
export function weighDraws(
  prior: DensePrior,
  { posterior, scope, samples, random, logLikelihood }: WeighOptions,
): WeighedDraws {
  const repeated = repeatPosterior(posterior, samples);
  const latent = prior.sample(repeated, random);
  const logRatio = tf.sub(
    prior.densities.prior(latent, scope),
    prior.densities.posterior(repeated, latent),
  );
  const likelihoods = logLikelihood(latent);
  const logRatios = tf.reshape(logRatio, likelihoods.shape) as Tensor2D;
  return { logWeights: tf.add(likelihoods, logRatios) as Tensor2D, logRatios };
}

/** The estimate from one image's log-weights. */
export interface ImportanceEstimate {
  /**
   * `log 1/K sum_k w_k`, nats: on average a lower bound of log p(x), which
   * tightens as K grows (Burda et al. 2016, theorem 1).
   */
  readonly logLikelihood: number;
  /** `(sum w)^2 / sum w^2`, from 1 to K (Kong 1992). */
  readonly effectiveSampleSize: number;
  /**
   * Standard error of `logLikelihood` for this image, nats: that of the mean
   * weight over the mean weight (delta method), which is
   * `sqrt((K / ESS - 1) / (K - 1))`. Too small where one weight has all the
   * mass; 0 for K = 1, of which nothing can be known.
   */
  readonly standardError: number;
}

/** Sums importance weights given by their logarithms, in double precision. */
export function importanceEstimate(
  logWeights: Float64Array,
): ImportanceEstimate {
  const count = logWeights.length;
  const largest = logWeights.reduce((a, b) => Math.max(a, b), -Infinity);
  let sum = 0;
  let squares = 0;
  for (const logWeight of logWeights) {
    const weight = Math.exp(logWeight - largest);
    sum += weight;
    squares += weight * weight;
  }
  const effectiveSampleSize = sum * sum / squares;
  const excess = Math.max(0, count / effectiveSampleSize - 1);
  return {
    logLikelihood: largest + Math.log(sum / count),
    effectiveSampleSize,
    standardError: count > 1 ? Math.sqrt(excess / (count - 1)) : 0,
  };
}

/**
 * The estimate with `samples` draws instead of all K: the mean over as many
 * separate groups of draws as there are, which has the same expectation as one
 * group and varies less.
 *
 * @param samples from 1 to the number of weights
 * @returns `log 1/samples sum w`, nats
 */
export function logLikelihoodWith(
  samples: number,
  logWeights: Float64Array,
): number {
  const groups = Math.floor(logWeights.length / samples);
  let sum = 0;
  for (let group = 0; group < groups; group++) {
    const start = group * samples;
    sum += importanceEstimate(logWeights.subarray(start, start + samples))
      .logLikelihood;
  }
  return sum / groups;
}
