/**
 * A Gaussian prior N(mean, variance) in every latent coordinate, with a
 * Gaussian posterior, diagonal or of full covariance.
 *
 * KL and sampler: Kingma and Welling 2014, appendix B and section 2.4, for a
 * prior with any mean and variance. Full covariance: Kingma and Welling 2019,
 * "An introduction to variational autoencoders", section 2.5.1.
 *
 * @module
 */

import {
  definePrior,
  identity,
  positive,
  real,
  type Tensor1D,
  type Tensor2D,
  tf,
  v,
} from "../core/mod.ts";
import { cholesky } from "./_cholesky.ts";
import { finiteNumber, positiveNumber } from "./_options.ts";

/**
 * The prior N(mean, variance I). `variance` is a variance, not a standard
 * deviation: `gaussian({ mean: 1, variance: 2 })` has standard deviation 1.41.
 *
 * The posterior's `scale` are D standard deviations or, with `covariance:
 * "full"`, the D (D + 1) / 2 entries of the covariance's Cholesky factor.
 */
export default definePrior({
  name: "gaussian",
  version: "1.0.0",
  apiVersion: 1,
  module: import.meta.url,
  description: "Gaussian with a diagonal or full Gaussian posterior",
  options: v.strictObject({
    mean: finiteNumber("mean of each coordinate", 0),
    variance: positiveNumber("variance of each coordinate", 1, [1e-4, 1e4]),
    covariance: v.optional(
      v.pipe(
        v.picklist(["diagonal", "full"]),
        v.description("of the posterior"),
      ),
      "diagonal",
    ),
  }),
  label: ({ mean, variance, covariance }) =>
    `Gaussian(${mean},${variance})${covariance === "full" ? " full" : ""}`,
  head: ({ covariance }, { latentDim }) => ({
    mean: { units: latentDim, constrain: identity },
    scale: covariance === "full"
      ? cholesky(latentDim).parameter(FLOOR)
      : { units: latentDim, constrain: positive({ floor: FLOOR }) },
  }),
  create({ mean, variance, covariance }, { latentDim }) {
    const full = covariance === "full" ? cholesky(latentDim) : undefined;
    const diagonal = (scale: Tensor2D) => full?.diagonal(scale) ?? scale;
    return {
      support: real,
      reparameterization: "explicit",
      sample(posterior, random) {
        const noise = random.normal(posterior.mean.shape) as Tensor2D;
        const moved = full?.multiply(posterior.scale, noise) ??
          tf.mul(posterior.scale, noise);
        return tf.add(posterior.mean, moved);
      },
      klDivergence(posterior) {
        const scale = diagonal(posterior.scale);
        const ratio = tf.div(tf.square(scale), variance);
        const shift = tf.div(tf.square(tf.sub(posterior.mean, mean)), variance);
        const kl: Tensor1D = tf.sum(
          tf.mul(0.5, tf.sub(tf.add(ratio, shift), tf.add(1, tf.log(ratio)))),
          1,
        );
        // The trace of L L^T, the sum of all its squares, beyond the diagonal's.
        const rest = full?.squaresBelow(posterior.scale);
        return rest === undefined ? kl : tf.add(kl, tf.div(rest, 2 * variance));
      },
      posteriorMean: (posterior) => posterior.mean,
      priorSample(count, random) {
        const noise = random.normal([count, latentDim]);
        return tf.add(mean, tf.mul(Math.sqrt(variance), noise));
      },
      densities: {
        posterior({ mean, scale }, latent) {
          const distance = tf.sub(latent, mean) as Tensor2D;
          const noise = full?.solve(scale, distance) ??
            tf.div(distance, scale);
          return tf.sum(
            tf.sub(
              tf.mul(-0.5, tf.square(noise)),
              tf.add(tf.log(diagonal(scale)), HALF_LOG_2_PI),
            ),
            1,
          );
        },
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

/** Smallest scale of the posterior, and diagonal entry of the Cholesky factor. */
const FLOOR = 1e-4;
