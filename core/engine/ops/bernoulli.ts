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
  const likelihood =
    tf.getKernel("BernoulliLoss", tf.getBackend()) !== undefined
      ? fused
      : composed;
  const op = tf.customGrad((l, save) =>
    likelihood(
      l as Tensor2D,
      target,
      // Saved, for what the caller made within a tape is gone when it runs back.
      save as (tensors: Tensor2D[]) => void,
    )
  );
  return op(logits) as Tensor1D;
}

type Save = (tensors: Tensor2D[]) => void;
type Likelihood = ReturnType<Parameters<typeof tf.customGrad>[0]>;

function composed(logits: Tensor2D, target: Tensor2D, save: Save): Likelihood {
  const mean = tf.sigmoid(logits);
  save([mean, target]);
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
}

/** A pass each for value and gradient, where the engine has them (../wasm/kernels.ts). */
function fused(logits: Tensor2D, target: Tensor2D, save: Save): Likelihood {
  save([logits, target]);
  return {
    value: tf.engine().runKernel("BernoulliLoss", {
      logits,
      target,
    }) as Tensor1D,
    gradFunc: (dy, saved) => {
      const [logits, target] = saved as [Tensor2D, Tensor2D];
      const inputs = { logits, target, dy: dy as Tensor1D };
      return tf.engine().runKernel("BernoulliGradient", inputs) as Tensor2D;
    },
  };
}
