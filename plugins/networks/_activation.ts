/** What follows the affine map of a layer. @module */

import { type Tensor, tf, v } from "vae-priors";

/** Functions of each number by itself. */
export const ACTIVATIONS = ["relu", "elu", "gelu", "tanh"] as const;

/** The name of one. */
export type ActivationName = (typeof ACTIVATIONS)[number];

/** The option `activation` of networks whose layers have no gates. */
export const activationOption = v.optional(
  v.pipe(
    v.picklist(ACTIVATIONS),
    v.description("what follows each layer but the last"),
  ),
  "relu",
);

/**
 * The activation of each number: the rectifier max(x, 0); the exponential linear
 * unit, exp(x) - 1 below 0 (Clevert et al. 2016); x Phi(x) with the normal
 * distribution function, exact (Hendrycks and Gimpel 2016); or tanh(x).
 */
export function activate<T extends Tensor>(x: T, name: ActivationName): T {
  switch (name) {
    case "relu":
      return tf.relu(x);
    case "elu":
      return tf.elu(x);
    case "tanh":
      return tf.tanh(x);
    case "gelu":
      return tf.mul(
        tf.mul(0.5, x),
        tf.add(1, tf.erf(tf.mul(Math.SQRT1_2, x))),
      ) as T;
  }
}
