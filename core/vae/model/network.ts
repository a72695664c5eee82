/**
 * A model's two networks as functions of its weights: an encoder whose last
 * layer is the prior's head, and a decoder that ends in the likelihood's
 * parameters.
 *
 * @module
 */

import { dense } from "../../engine/ops/dense.ts";
import type { Tensors } from "../../engine/program/program.ts";
import {
  type Tensor1D,
  type Tensor2D,
  type Tensor4D,
  tf,
} from "../../engine/tf.ts";
import type { PixelParameters } from "../plugin/likelihood.ts";
import type { Posterior } from "../plugin/prior.ts";
import { learntOf } from "./learnt.ts";
import { type Model, valuesOf } from "./model.ts";

/**
 * Parameters of q(z|x).
 *
 * @param weights the model's weights, by path
 * @param images `[B, P]`, in [0, 1]
 * @returns constrained parameters, each `[B, units]`
 */
export function encode(
  { prior: { head }, encoder, image }: Pick<
    Model,
    "prior" | "encoder" | "image"
  >,
  weights: Tensors,
  images: Tensor2D,
): Posterior {
  const { height, width, channels } = image;
  const features = encoder.apply(
    weights,
    tf.reshape(images, [images.shape[0], height, width, channels]) as Tensor4D,
  );
  // The head's layers lie side by side in one kernel.
  const raw = dense(features, {
    kernel: weights["head/kernel"]!,
    bias: weights["head/bias"]!,
  }, "linear");
  const entries = Object.entries(head);
  // The gradient of a split into one part fails in TensorFlow.js.
  const parts = entries.length === 1
    ? [raw]
    : tf.split(raw, entries.map(([, { units }]) => units), 1);
  return Object.fromEntries(
    entries.map(([name, parameter], i) =>
      [name, parameter.constrain(parts[i] as Tensor2D)] as const
    ),
  );
}

/**
 * Parameters of p(x|z).
 *
 * @param weights the model's weights, by path
 * @param latent `[B, S]`
 * @returns unconstrained, each `[B, P]`
 */
export function decode(
  { decoder, likelihood: { parameters }, image }: Model,
  weights: Tensors,
  latent: Tensor2D,
): PixelParameters {
  const rows = latent.shape[0];
  const values = valuesOf(image);
  const raw = decoder.apply(weights, latent);
  const [only] = parameters;
  if (parameters.length === 1) {
    return { [only!]: tf.reshape(raw, [rows, values]) };
  }
  const parts = tf.split(
    tf.reshape(raw, [rows, values, parameters.length]),
    parameters.length,
    2,
  );
  return Object.fromEntries(
    parameters.map((name, i) =>
      [name, tf.reshape(parts[i]!, [rows, values]) as Tensor2D] as const
    ),
  );
}

/**
 * Means of p(x|z), which pictures show.
 *
 * @param latent `[B, S]`
 * @returns `[B, P]` in [0, 1]
 */
export function decodedMeans(
  model: Model,
  weights: Tensors,
  latent: Tensor2D,
): Tensor2D {
  const { likelihood } = model;
  return likelihood.mean(decode(model, weights, latent), {
    learnt: learntOf("likelihood", likelihood.learnt, weights),
  });
}

/**
 * log p(x|z) in nats.
 *
 * @param latent `[B, S]`
 * @param images `[B, P]`
 * @returns `[B]`
 */
export function logLikelihood(
  model: Model,
  weights: Tensors,
  { latent, images }: { readonly latent: Tensor2D; readonly images: Tensor2D },
): Tensor1D {
  const { likelihood } = model;
  return likelihood.logProb(decode(model, weights, latent), images, {
    learnt: learntOf("likelihood", likelihood.learnt, weights),
  });
}
