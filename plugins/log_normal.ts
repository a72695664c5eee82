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
  type Tensor,
  type Tensor1D,
  type Tensor2D,
  tf,
  v,
} from "../core/mod.ts";
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
    location: finiteNumber("mean of log z, the logarithm of z's median", 0),
    scale: positiveNumber("standard deviation of log z", 1),
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
    klDivergence({ location, scale }) {
      const ratio = tf.square(tf.div(scale, prior.scale));
      const shift = tf.square(
        tf.div(tf.sub(location, prior.location), prior.scale),
      );
      const terms = tf.sub(tf.add(ratio, shift), tf.add(1, tf.log(ratio)));
      return tf.sum(tf.mul(0.5, terms), 1);
    },
    posteriorMean: ({ location, scale }) =>
      fromLog(tf.add(location, tf.mul(0.5, tf.square(scale)))),
    priorSample(count, random) {
      const noise = random.normal([count, latentDim]);
      return fromLog(tf.add(prior.location, tf.mul(prior.scale, noise)));
    },
    densities: {
      posterior: logDensity,
      prior: (latent) => logDensity(prior, latent),
    },
  }),
});

type LogNormal = Readonly<Record<"location" | "scale", Tensor | number>>;

function logDensity(
  { location, scale }: LogNormal,
  latent: Tensor2D,
): Tensor1D {
  const logLatent = tf.log(latent);
  const standard = tf.div(tf.sub(logLatent, location), scale);
  const logNormal = tf.sub(
    tf.mul(-0.5, tf.square(standard)),
    tf.add(tf.log(scale), HALF_LOG_2_PI),
  );
  return tf.sum(tf.sub(logNormal, logLatent), 1);
}

const HALF_LOG_2_PI = 0.5 * Math.log(2 * Math.PI);
