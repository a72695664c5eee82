/**
 * The evidence lower bound of a VAE (Kingma and Welling 2014, eq. 3, with the KL
 * in the prior's own closed form or estimator), as it is measured.
 *
 * @module
 */

import type { Tensors } from "../../engine/program/program.ts";
import type { Random } from "../../engine/random.ts";
import { type Tensor1D, type Tensor2D, tf } from "../../engine/tf.ts";
import type { Model } from "./model.ts";
import { encode, logLikelihood } from "./network.ts";
import { priorScope } from "./prior_scope.ts";

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

/** One-sample estimate of the ELBO's terms. */
export function elboTerms(
  model: Model,
  { weights, images, random }: ElboInputs,
): ElboTerms {
  const { prior } = model;
  const posterior = encode(model, weights, images);
  const latent = prior.sample(posterior, random);
  return {
    reconstruction: tf.neg(logLikelihood(model, weights, { latent, images })),
    kl: prior.klDivergence(posterior, {
      ...priorScope(model, weights),
      latent,
      random,
    }),
  };
}
