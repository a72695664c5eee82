/**
 * The Bernoulli likelihood from logits, with its one-pass gradient.
 *
 * @module
 */

import {
  type Scalar,
  type Tensor,
  type Tensor1D,
  type Tensor2D,
  tf,
} from "../tf.ts";

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
  return fromLogits(logits, target, {
    reduce: (terms) => tf.sum(terms, 1),
    spread: (dy) => tf.expandDims(dy, 1),
  }) as Tensor1D;
}

/**
 * The mean of {@link bernoulliNegativeLogLikelihood} over the batch. Its
 * gradient is scaled by a number instead of a column, which TensorFlow would
 * broadcast over the pixels on a slow path.
 *
 * @returns nats, a scalar
 */
export function meanBernoulliNegativeLogLikelihood(
  logits: Tensor2D,
  target: Tensor2D,
): Scalar {
  const share = 1 / logits.shape[0];
  return fromLogits(logits, target, {
    reduce: (terms) => tf.mul(tf.sum(terms), share),
    spread: (dy) => tf.mul(dy, share),
  }) as Scalar;
}

interface Reduction {
  /** From the pixels' terms to the result. */
  reduce(terms: Tensor): Tensor;
  /** From the result's gradient to a factor for each pixel. */
  spread(dy: Tensor): Tensor;
}

function fromLogits(
  logits: Tensor2D,
  target: Tensor2D,
  { reduce, spread }: Reduction,
): Tensor {
  const op = tf.customGrad((l, save) => {
    const logits = l as Tensor2D;
    // Saved, for what the caller made within a tape is gone when it runs back.
    (save as (tensors: Tensor2D[]) => void)([logits, target]);
    return {
      value: reduce(tf.sub(tf.softplus(logits), tf.mul(logits, target))),
      gradFunc: (dy, saved) =>
        tf.mul(
          tf.sub(tf.sigmoid(saved[0] as Tensor2D), saved[1] as Tensor2D),
          spread(dy as Tensor),
        ),
    };
  });
  return op(logits);
}
