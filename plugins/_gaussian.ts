/**
 * What priors have in common whose posterior is a diagonal Gaussian, or that of
 * a transform of z.
 *
 * @module
 */

import {
  identity,
  positive,
  type Random,
  type Tensor,
  type Tensor1D,
  type Tensor2D,
  tf,
} from "../core/mod.ts";

/** Mean and standard deviation of each coordinate, of shapes that broadcast. */
export interface Gaussian {
  readonly mean: Tensor;
  readonly scale: Tensor;
}

/** The head of a posterior N(mean, scale^2) in `latentDim` coordinates. */
export function gaussianHead(latentDim: number) {
  return {
    mean: { units: latentDim, constrain: identity },
    scale: { units: latentDim, constrain: positive({ floor: 1e-4 }) },
  };
}

/** Draws from N(mean, scale^2), in the shape of `mean`; differentiable in both. */
export function drawGaussian(
  { mean, scale }: Gaussian,
  random: Random,
): Tensor2D {
  return tf.add(mean, tf.mul(scale, random.normal(mean.shape)));
}

/** log N(latent; mean, scale^2) in nats, summed over the last axis. */
export function gaussianLogDensity(
  latent: Tensor,
  { mean, scale }: Gaussian,
): Tensor1D {
  const square = tf.square(tf.div(tf.sub(latent, mean), scale));
  const normalizer = tf.add(tf.log(scale), HALF_LOG_2_PI);
  return tf.neg(tf.sum(tf.add(tf.mul(0.5, square), normalizer), -1));
}

/** KL(q || N(mean, scale^2)) in nats, `[B]` (Kingma and Welling 2014, appendix B). */
export function gaussianKl(
  posterior: Gaussian,
  { mean, scale }: { readonly mean: number; readonly scale: number },
): Tensor1D {
  const ratio = tf.square(tf.div(posterior.scale, scale));
  const shift = tf.square(tf.div(tf.sub(posterior.mean, mean), scale));
  const terms = tf.sub(tf.add(ratio, shift), tf.add(1, tf.log(ratio)));
  return tf.sum(tf.mul(0.5, terms), 1);
}

/**
 * KL(q || p) in nats, `[B]`, from log p(z) `[B]` at one draw z ~ q for each
 * image: the entropy of q, which has a closed form, is not left to the draw.
 * Unbiased, and so is its gradient, which passes through z.
 *
 * For a q much narrower than p this varies less than log q(z) - log p(z), for
 * one as wide as p more. On MNIST the mean standard deviation of an image's
 * estimate was 1.6 nats (mixture), 1.9 (VampPrior) and 2.0 (flow), against 3.0
 * to 3.2 of the other.
 */
export function klAtDraw(
  { scale }: Gaussian,
  logPrior: Tensor1D,
): Tensor1D {
  // E_q log q(z), the negative entropy.
  const logPosterior = tf.neg(
    tf.sum(tf.add(tf.log(scale), 0.5 + HALF_LOG_2_PI), 1),
  );
  return tf.sub(logPosterior, logPrior);
}

const HALF_LOG_2_PI = 0.5 * Math.log(2 * Math.PI);
