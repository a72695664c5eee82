/**
 * The Bernoulli likelihood from logits, with its one-pass gradient.
 *
 * @module
 */

import { type Tensor1D, type Tensor2D, tf } from "../tf.ts";

/**
 * Negative log-likelihood of `target` under independent Bernoulli pixels:
 * `sum_i softplus(l_i) - l_i x_i`, the stable form of
 * `-sum_i x_i log p_i + (1 - x_i) log(1 - p_i)` with `p = sigmoid(l)`.
 *
 * @param logits `[B, P]`
 * @param target `[B, P]`, in [0, 1]; no gradient flows into it
 * @returns nats, `[B]`
 */
export function bernoulliNegativeLogLikelihood(
  logits: Tensor2D,
  target: Tensor2D,
): Tensor1D {
  const op = tf.customGrad((l, save) => {
    const logits = l as Tensor2D;
    const mean = tf.sigmoid(logits);
    // Saved, for what the caller made within a tape is gone when it runs back.
    (save as (tensors: Tensor2D[]) => void)([mean, target]);
    const linear = tf.sub(tf.relu(logits), tf.mul(logits, target));
    const rest = tf.log(tf.maximum(mean, tf.sub(1, mean)));
    return {
      value: tf.sum(tf.sub(linear, rest), 1),
      gradFunc: (dy, saved) =>
        tf.mul(
          tf.sub(saved[0] as Tensor2D, saved[1] as Tensor2D),
          tf.expandDims(dy, 1),
        ),
    };
  });
  return op(logits) as Tensor1D;
}
