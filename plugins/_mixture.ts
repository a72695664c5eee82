/**
 * Mixtures of diagonal Gaussians: their density, and draws from them.
 *
 * @module
 */

import {
  type Random,
  type Tensor,
  type Tensor1D,
  type Tensor2D,
  tf,
} from "../core/mod.ts";
import { drawGaussian, gaussianLogDensity } from "./_gaussian.ts";

/** `K` diagonal Gaussians in `D` dimensions. */
export interface Mixture {
  /** `[K, D]` */
  readonly mean: Tensor2D;
  /** Standard deviations, `[K, D]`. */
  readonly scale: Tensor2D;
  /** Logarithms of the weights, `[K]`; the weights sum to 1. */
  readonly logWeight: Tensor;
}

/** log p(z) of `latent` `[B, D]` in nats, `[B]`. */
export function mixtureLogDensity(
  latent: Tensor2D,
  mixture: Mixture,
): Tensor1D {
  const each = gaussianLogDensity(tf.expandDims(latent, 1), mixture);
  return tf.logSumExp(tf.add(each, mixture.logWeight), 1);
}

/**
 * `count` draws, `[count, D]`. The component of each is the place of the
 * largest of log w_k + g_k, with g_k from Gumbel's distribution (Gumbel 1954).
 */
export function drawMixture(
  count: number,
  random: Random,
  { mean, scale, logWeight }: Mixture,
): Tensor2D {
  const uniform = random.uniform([count, mean.shape[0]]);
  const gumbel = tf.neg(tf.log(tf.neg(tf.log(uniform))));
  const chosen = tf.argMax(tf.add(logWeight, gumbel), 1);
  return drawGaussian(
    { mean: tf.gather(mean, chosen), scale: tf.gather(scale, chosen) },
    random,
  );
}
