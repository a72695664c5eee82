/**
 * A log-normal prior in every latent coordinate, with a log-normal posterior:
 * log z is Gaussian.
 *
 * KL: that of the Gaussians of log z (Gil, Alajaji and Linder 2013, "Rényi
 * divergence measures for commonly used univariate continuous distributions",
 * table 3), for a divergence does not change under an invertible map.
 *
 * @module
 */

import {
  definePrior,
  identity,
  positive,
  positiveReal,
  type Tensor1D,
  type Tensor2D,
  tf,
  v,
} from "../core/mod.ts";
import { type Gaussian, gaussianKl, gaussianLogDensity } from "./_gaussian.ts";
import { fromLog } from "./_log_space.ts";
import { finiteNumber, positiveNumber } from "./_options.ts";

/**
 * The prior with log z ~ N(location, scale^2). `scale` is the standard
 * deviation of log z, not of z; `location` is its mean, and exp(location) the
 * median of z.
 */
export default definePrior({
  name: "log_normal",
  version: "1.0.0",
  apiVersion: 1,
  module: import.meta.url,
  description: "Log-normal with a log-normal posterior",
  options: v.strictObject({
    location: finiteNumber("mean of log z, the logarithm of z's median", 0, [
      -20,
      20,
    ]),
    scale: positiveNumber("standard deviation of log z", 1, [0.01, 10]),
  }),
  label: ({ location, scale }) => `LogNormal(${location},${scale})`,
  head: (_, { latentDim }) => ({
    location: { units: latentDim, constrain: identity },
    scale: { units: latentDim, constrain: positive() },
  }),
  create: (prior, { latentDim }) => ({
    support: positiveReal,
    reparameterization: "explicit",
    sample({ location, scale }, random) {
      const noise = random.normal(location.shape);
      return fromLog(tf.add(location, tf.mul(scale, noise)));
    },
    klDivergence: ({ location, scale }) =>
      gaussianKl(
        { mean: location, scale },
        { mean: prior.location, scale: prior.scale },
      ),
    posteriorMean: ({ location, scale }) =>
      fromLog(tf.add(location, tf.mul(0.5, tf.square(scale)))),
    priorSample(count, random) {
      const noise = random.normal([count, latentDim]);
      return fromLog(tf.add(prior.location, tf.mul(prior.scale, noise)));
    },
    densities: {
      posterior: ({ location, scale }, latent) =>
        logDensity(latent, { mean: location, scale }),
      prior: (latent) =>
        logDensity(latent, {
          mean: tf.scalar(prior.location),
          scale: tf.scalar(prior.scale),
        }),
    },
  }),
});

function logDensity(latent: Tensor2D, ofLogarithm: Gaussian): Tensor1D {
  const logLatent = tf.log(latent);
  return tf.sub(
    gaussianLogDensity(logLatent, ofLogarithm),
    tf.sum(logLatent, 1),
  ) as Tensor1D;
}
