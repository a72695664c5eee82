/**
 * A Gaussian prior N(mean, variance) in every latent coordinate, with a
 * diagonal Gaussian posterior.
 *
 * KL and sampler: Kingma and Welling 2014, appendix B and section 2.4, for a
 * prior with any mean and variance.
 *
 * @module
 */

import { definePrior, identity, positive, real, tf, v } from "../core/mod.ts";

/**
 * The prior N(mean, variance I). `variance` is a variance, not a standard
 * deviation: `gaussian({ mean: 1, variance: 2 })` has standard deviation 1.41.
 */
export default definePrior({
  name: "gaussian",
  version: "1.0.0",
  apiVersion: 1,
  module: import.meta.url,
  description: "Gaussian with a diagonal Gaussian posterior",
  options: v.strictObject({
    mean: v.optional(
      v.pipe(v.number(), v.finite(), v.description("mean of each coordinate")),
      0,
    ),
    variance: v.optional(
      v.pipe(
        v.number(),
        v.finite(),
        v.gtValue(0),
        v.description("variance of each coordinate"),
      ),
      1,
    ),
  }),
  label: ({ mean, variance }) => `Gaussian(${mean},${variance})`,
  head: (_, { latentDim }) => ({
    mean: { units: latentDim, constrain: identity },
    scale: { units: latentDim, constrain: positive({ floor: 1e-4 }) },
  }),
  create({ mean, variance }, { latentDim }) {
    return {
      support: real,
      reparameterization: "explicit",
      sample(posterior, random) {
        const noise = random.normal(posterior.mean.shape);
        return tf.add(posterior.mean, tf.mul(posterior.scale, noise));
      },
      klDivergence(posterior) {
        const ratio = tf.div(tf.square(posterior.scale), variance);
        const shift = tf.div(tf.square(tf.sub(posterior.mean, mean)), variance);
        return tf.sum(
          tf.mul(0.5, tf.sub(tf.add(ratio, shift), tf.add(1, tf.log(ratio)))),
          1,
        );
      },
      posteriorMean: (posterior) => posterior.mean,
      priorSample(count, random) {
        const noise = random.normal([count, latentDim]);
        return tf.add(mean, tf.mul(Math.sqrt(variance), noise));
      },
      densities: {
        posterior: (posterior, latent) =>
          tf.sum(
            tf.sub(
              tf.mul(
                -0.5,
                tf.square(
                  tf.div(tf.sub(latent, posterior.mean), posterior.scale),
                ),
              ),
              tf.add(tf.log(posterior.scale), HALF_LOG_2_PI),
            ),
            1,
          ),
        prior: (latent) =>
          tf.sum(
            tf.sub(
              tf.div(tf.square(tf.sub(latent, mean)), -2 * variance),
              0.5 * Math.log(variance) + HALF_LOG_2_PI,
            ),
            1,
          ),
      },
    };
  },
});

const HALF_LOG_2_PI = 0.5 * Math.log(2 * Math.PI);
