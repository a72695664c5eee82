/**
 * The smallest prior that uses all of the contract: N(location, 1) with a learnt
 * location, and a KL estimated at the draw.
 *
 * @module
 */

import {
  definePrior,
  identity,
  positive,
  real,
  type Tensor,
  type Tensor1D,
  type Tensor2D,
  tf,
  v,
} from "../../../core/mod.ts";

/** A prior that learns where it lies. */
export const learntPrior = definePrior({
  name: "learnt",
  version: "1.0.0",
  apiVersion: 1,
  module: import.meta.url,
  description: "N(location, 1) with a learnt location",
  options: v.strictObject({}),
  head: (_, { latentDim }) => ({
    mean: { units: latentDim, constrain: identity },
    scale: { units: latentDim, constrain: positive() },
  }),
  create: (_, { latentDim }) => ({
    support: real,
    reparameterization: "explicit",
    divergence: "estimate",
    learnt: {
      location: {
        shape: [latentDim],
        initial: (uniform) => Array.from({ length: latentDim }, uniform),
      },
    },
    sample: ({ mean, scale }, random) =>
      tf.add(mean, tf.mul(scale, random.normal(mean.shape))),
    klDivergence: ({ mean, scale }, { latent, learnt }) =>
      tf.sub(
        logDensity(latent, mean, scale),
        logDensity(latent, learnt.location!, tf.scalar(1)),
      ),
    posteriorMean: ({ mean }) => mean,
    priorSample: (count, random, { learnt }) =>
      tf.add(learnt.location!, random.normal([count, latentDim])),
    densities: {
      posterior: ({ mean, scale }, latent) => logDensity(latent, mean, scale),
      prior: (latent, { learnt }) =>
        logDensity(latent, learnt.location!, tf.scalar(1)),
    },
  }),
});

function logDensity(z: Tensor2D, mean: Tensor, scale: Tensor): Tensor1D {
  const square = tf.square(tf.div(tf.sub(z, mean), scale));
  const terms = tf.add(
    tf.mul(0.5, square),
    tf.add(tf.log(scale), 0.5 * Math.log(2 * Math.PI)),
  );
  return tf.neg(tf.sum(terms, 1));
}
