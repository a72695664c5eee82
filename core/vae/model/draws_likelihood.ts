/** log p(x|z) at several draws z for each image. @module */

import type { Tensors } from "../../engine/program/program.ts";
import { type Tensor2D, tf } from "../../engine/tf.ts";
import { learntOf } from "./learnt.ts";
import type { Model } from "./model.ts";
import { decode } from "./network.ts";
import { repeatRows } from "./repeat_rows.ts";

/**
 * log p(x|z) in nats.
 *
 * @param latent `[B * K, S]`, `K` in a row for each image
 * @param images `[B, P]`
 * @returns `[B, K]`
 */
export function logLikelihoodOfDraws(
  model: Model,
  weights: Tensors,
  { latent, images }: { readonly latent: Tensor2D; readonly images: Tensor2D },
): Tensor2D {
  const { likelihood } = model;
  const scope = { learnt: learntOf("likelihood", likelihood.learnt, weights) };
  const parameters = decode(model, weights, latent);
  const draws = latent.shape[0] / images.shape[0];
  if (draws > 1 && likelihood.logProbOfDraws !== undefined) {
    return likelihood.logProbOfDraws(parameters, images, scope);
  }
  const repeated = draws === 1 ? images : repeatRows(images, draws);
  return tf.reshape(
    likelihood.logProb(parameters, repeated, scope),
    [images.shape[0], draws],
  );
}
