/**
 * The VAE's two networks as functions of their weights: an MLP encoder whose
 * last layer is the prior's head, and an MLP decoder that ends in logits.
 *
 * @module
 */

import { dense } from "../../engine/ops/dense.ts";
import type { Tensors } from "../../engine/program/program.ts";
import { type Tensor2D, tf } from "../../engine/tf.ts";
import type { ParameterHead, Posterior } from "../plugin/prior.ts";

/**
 * Parameters of q(z|x).
 *
 * @param weights the model's weights, by path
 * @param head the prior's head; its layers lie side by side in one kernel
 * @param images `[B, P]`, in [0, 1]
 * @returns constrained parameters, each `[B, units]`
 */
export function encode(
  weights: Tensors,
  head: ParameterHead,
  images: Tensor2D,
): Posterior {
  const hidden = stack(weights, "encoder", images);
  const raw = dense(hidden, layer(weights, "head"), "linear");
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
 * Logits of p(x|z).
 *
 * @param weights the model's weights, by path
 * @param latent `[B, S]`
 * @returns `[B, P]`
 */
export function decode(weights: Tensors, latent: Tensor2D): Tensor2D {
  return dense(
    stack(weights, "decoder", latent),
    layer(weights, "output"),
    "linear",
  );
}

function stack(weights: Tensors, name: string, input: Tensor2D): Tensor2D {
  let x = input;
  for (let i = 0; `${name}/${i}/kernel` in weights; i++) {
    x = dense(x, layer(weights, `${name}/${i}`), "relu");
  }
  return x;
}

function layer(weights: Tensors, path: string) {
  return { kernel: weights[`${path}/kernel`]!, bias: weights[`${path}/bias`]! };
}
