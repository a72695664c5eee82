/**
 * Importance-weighted likelihood (Burda, Grosse and Salakhutdinov 2016, eq. 8).
 *
 * @module
 */

import type { Tensors } from "../engine/program/program.ts";
import type { Random } from "../engine/random.ts";
import { type Tensor2D, type Tensor3D, tf } from "../engine/tf.ts";
import type { Densities, Prior } from "../plugin/prior.ts";
import { priorScope } from "./learnt.ts";
import { decode, encode } from "./network.ts";

/** What the weights are computed from. */
export interface ImportanceInputs {
  readonly weights: Tensors;
  /** `[B, P]`, binary. */
  readonly images: Tensor2D;
  /** Draws for each image, `K`. */
  readonly samples: number;
  readonly random: Random;
}

/**
 * `log p(x|z_k) + log p(z_k) - log q(z_k|x)` for `K` draws z_k ~ q(z|x) of each
 * image.
 *
 * @returns nats, `[B, K]`
 */
export function logImportanceWeights(
  prior: Prior & { readonly densities: Densities },
  { weights, images, samples, random }: ImportanceInputs,
): Tensor2D {
  const [count, pixels] = images.shape;
  const posterior = Object.fromEntries(
    Object.entries(encode(weights, prior.head, images)).map((
      [name, parameter],
    ) => [name, repeatRows(parameter, samples)] as const),
  );
  const latent = prior.sample(posterior, random);
  const logits = tf.reshape(decode(weights, latent), [
    count,
    samples,
    pixels,
  ]) as Tensor3D;
  // sum_i x_i l_i is one small product an image; softplus is all that remains per pixel.
  const explained = tf.reshape(
    tf.matMul(logits, tf.expandDims(images, 2) as Tensor3D),
    [count, samples],
  );
  const logLikelihood = tf.sub(explained, tf.sum(tf.softplus(logits), 2));
  const logRatio = tf.sub(
    prior.densities.prior(latent, priorScope(prior, weights)),
    prior.densities.posterior(posterior, latent),
  );
  return tf.add(
    logLikelihood,
    tf.reshape(logRatio, [count, samples]),
  ) as Tensor2D;
}

/** Each row `samples` times in a row: `[B, U]` to `[B * samples, U]`. */
function repeatRows(x: Tensor2D, samples: number): Tensor2D {
  const [rows, columns] = x.shape;
  return tf.reshape(
    tf.tile(tf.expandDims(x, 1), [1, samples, 1]),
    [rows * samples, columns],
  );
}

/** The estimate from one image's log-weights. */
export interface ImportanceEstimate {
  /** `log 1/K sum_k w_k`, nats. */
  readonly logLikelihood: number;
  /** `(sum w)^2 / sum w^2`, from 1 to K (Kong 1992). */
  readonly effectiveSampleSize: number;
}

/** Sums importance weights given by their logarithms, in double precision. */
export function importanceEstimate(
  logWeights: Float64Array,
): ImportanceEstimate {
  const largest = logWeights.reduce((a, b) => Math.max(a, b), -Infinity);
  let sum = 0;
  let squares = 0;
  for (const logWeight of logWeights) {
    const weight = Math.exp(logWeight - largest);
    sum += weight;
    squares += weight * weight;
  }
  return {
    logLikelihood: largest + Math.log(sum / logWeights.length),
    effectiveSampleSize: sum * sum / squares,
  };
}
