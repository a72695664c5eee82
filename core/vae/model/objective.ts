/**
 * The negative evidence lower bound of a VAE (Kingma and Welling 2014, eq. 3,
 * with the KL in the prior's own closed form or estimator).
 *
 * @module
 */

import { bernoulliNegativeLogLikelihood } from "../../engine/ops/bernoulli.ts";
import type { Tensors } from "../../engine/program/program.ts";
import type { Random } from "../../engine/random.ts";
import { type Tensor1D, type Tensor2D, tf } from "../../engine/tf.ts";
import type { Prior } from "../plugin/prior.ts";
import { priorScope } from "./learnt.ts";
import { decode, encode } from "./network.ts";

/** The two terms of the negative ELBO, each `[B]`, in nats. */
export interface ElboTerms {
  /** `-log p(x|z)` at one draw z ~ q(z|x). */
  readonly reconstruction: Tensor1D;
  /** `KL(q(z|x) || p(z))`, or the prior's estimate of it at the same draw. */
  readonly kl: Tensor1D;
}

/** What the terms are computed from. */
export interface ElboInputs {
  readonly weights: Tensors;
  /** What the encoder sees and the decoder is to predict, `[B, P]` in [0, 1]. */
  readonly images: Tensor2D;
  readonly random: Random;
}

/** One-sample estimate of the ELBO's terms, differentiable in the weights. */
export function elboTerms(
  prior: Prior,
  { weights, images, random }: ElboInputs,
): ElboTerms {
  const posterior = encode(weights, prior.head, images);
  const latent = prior.sample(posterior, random);
  return {
    reconstruction: bernoulliNegativeLogLikelihood(
      decode(weights, latent),
      images,
    ),
    kl: prior.klDivergence(posterior, {
      ...priorScope(prior, weights),
      latent,
      random,
    }),
  };
}

/** How grey pixels become what the model sees. */
export type Binarization = "dynamic" | "threshold" | "grey";

/**
 * Makes images from grey levels: `dynamic` draws each pixel from its intensity
 * (Salakhutdinov and Murray 2008), `threshold` cuts at one half, `grey` leaves
 * intensities, whose cross-entropy is no likelihood.
 *
 * @param pixels `[B, P]`, 0 to 255
 * @returns `[B, P]`, in [0, 1]
 */
export function binarize(
  pixels: Tensor2D,
  mode: Binarization,
  random: Random,
): Tensor2D {
  switch (mode) {
    case "grey":
      return tf.mul(pixels, 1 / 255);
    case "threshold":
      return tf.cast(tf.greater(pixels, 127.5), "float32");
    case "dynamic": {
      const uniform = tf.mul(random.uniform(pixels.shape), 255);
      return tf.cast(tf.less(uniform, pixels), "float32") as Tensor2D;
    }
  }
}
