/**
 * A Laplace prior in every latent coordinate, with a Laplace posterior.
 *
 * KL: Gil, Alajaji and Linder 2013, "Rényi divergence measures for commonly
 * used univariate continuous distributions", table 3, for alpha to 1.
 * Sampler: the difference of two exponential draws, a transform of noise; the
 * inverse CDF would be infinite for a uniform draw that float32 rounds to an
 * end.
 *
 * @module
 */

import {
  definePrior,
  identity,
  positive,
  type Random,
  real,
  type Tensor,
  type Tensor1D,
  type Tensor2D,
  tf,
  v,
} from "../core/mod.ts";
import { finiteNumber, positiveNumber } from "./_options.ts";

/**
 * The prior Laplace(location, scale). `scale` is the mean distance from
 * `location`, not a standard deviation, which is sqrt(2) times that:
 * `laplace({ scale: Math.SQRT1_2 })` has the variance of `gaussian()`.
 */
export default definePrior({
  name: "laplace",
  version: "1.0.0",
  apiVersion: 1,
  module: import.meta.url,
  description: "Laplace with a Laplace posterior; its scale is no deviation",
  options: v.strictObject({
    location: finiteNumber("median and mean of each coordinate", 0),
    scale: positiveNumber(
      "mean distance from the location; the deviation is 1.41 times that",
      1,
    ),
  }),
  head: (_, { latentDim }) => ({
    location: { units: latentDim, constrain: identity },
    scale: { units: latentDim, constrain: positive() },
  }),
  create: (prior, { latentDim }) => ({
    support: real,
    reparameterization: "explicit",
    sample: (posterior, random) =>
      draw(posterior, posterior.location.shape, random),
    klDivergence({ location, scale }) {
      // E|z - m| under q, over the prior's scale; smooth where the shift is 0.
      const shift = tf.abs(tf.sub(location, prior.location));
      const near = tf.mul(scale, tf.exp(tf.neg(tf.div(shift, scale))));
      const distance = tf.div(tf.add(shift, near), prior.scale);
      const logRatio = tf.log(tf.div(scale, prior.scale));
      return tf.sum(tf.sub(distance, tf.add(logRatio, 1)), 1);
    },
    posteriorMean: ({ location }) => location,
    priorSample: (count, random) => draw(prior, [count, latentDim], random),
    densities: {
      posterior: logDensity,
      prior: (latent) => logDensity(prior, latent),
    },
  }),
});

type Laplace = Readonly<Record<"location" | "scale", Tensor | number>>;

function draw(
  { location, scale }: Laplace,
  shape: readonly number[],
  random: Random,
): Tensor2D {
  const logUniform = () => tf.log(random.uniform(shape));
  const noise = tf.sub(logUniform(), logUniform());
  return tf.add(location, tf.mul(scale, noise)) as Tensor2D;
}

function logDensity({ location, scale }: Laplace, latent: Tensor2D): Tensor1D {
  const distance = tf.div(tf.abs(tf.sub(latent, location)), scale);
  return tf.sum(tf.neg(tf.add(distance, tf.log(tf.mul(2, scale)))), 1);
}
