/**
 * A logistic-normal prior on the simplex, with a logistic-normal posterior: the
 * logarithms of the ratios of all coordinates to the last are Gaussian
 * (Aitchison and Shen 1980). It is what topic models take instead of a Dirichlet
 * (Blei and Lafferty 2007; Srivastava and Sutton 2017), and its draws are a
 * plain transform of noise.
 *
 * KL: that of the Gaussians of the log-ratios (Kingma and Welling 2014, appendix
 * B), for a divergence does not change under an invertible map.
 *
 * @module
 */

import {
  definePrior,
  simplex,
  type Tensor,
  type Tensor1D,
  type Tensor2D,
  tf,
  v,
} from "../core/mod.ts";
import {
  drawGaussian,
  type Gaussian,
  gaussianHead,
  gaussianKl,
  gaussianLogDensity,
} from "./_gaussian.ts";
import { fromLog } from "./_log_space.ts";
import { finiteNumber, positiveNumber } from "./_options.ts";

/**
 * The prior of `latentDim` + 1 coordinates that sum to 1 and have log(z_k /
 * z_last) ~ N(mean, variance). `variance` is a variance; `scale` of the
 * posterior is a standard deviation.
 */
export default definePrior({
  name: "logistic_normal",
  version: "1.0.0",
  apiVersion: 1,
  module: import.meta.url,
  description: "Logistic-normal on the simplex with a like posterior",
  options: v.strictObject({
    mean: finiteNumber("mean of each log-ratio to the last coordinate", 0, [
      -20,
      20,
    ]),
    variance: positiveNumber("variance of each log-ratio", 1, [1e-4, 100]),
  }),
  label: ({ mean, variance }) => `LogisticNormal(${mean},${variance})`,
  head: (_, { latentDim }) => gaussianHead(latentDim),
  create({ mean, variance }, { latentDim }) {
    const scale = Math.sqrt(variance);
    return {
      support: simplex,
      latentWidth: latentDim + 1,
      reparameterization: "explicit",
      sample: (posterior, random) => toSimplex(drawGaussian(posterior, random)),
      klDivergence: (posterior) => gaussianKl(posterior, { mean, scale }),
      // The centre (Aitchison 1986, section 4.1): what the means of the
      // log-ratios stand for. The arithmetic mean has no closed form.
      posteriorMean: ({ mean }) => toSimplex(mean),
      priorSample(count, random) {
        const noise = random.normal([count, latentDim]);
        return toSimplex(tf.add(mean, tf.mul(scale, noise)));
      },
      densities: {
        posterior: (posterior, latent) => logDensity(latent, posterior),
        prior: (latent) =>
          logDensity(latent, {
            mean: tf.scalar(mean),
            scale: tf.scalar(scale),
          }),
      },
    };
  },
});

/** Softmax of the log-ratios and 0, the last coordinate's: `[B, D + 1]`. */
function toSimplex(logRatios: Tensor): Tensor2D {
  const last = tf.zeros([logRatios.shape[0]!, 1]);
  return fromLog(tf.logSoftmax(tf.concat([logRatios, last], 1)));
}

/** For Lebesgue's measure on all coordinates but the last; the Jacobian is 1 / product of z. */
function logDensity(latent: Tensor2D, ofLogRatios: Gaussian): Tensor1D {
  const [batch, width] = latent.shape;
  const logLatent = tf.log(latent);
  const logRatios = tf.sub(
    tf.slice(logLatent, [0, 0], [batch, width - 1]),
    tf.slice(logLatent, [0, width - 1], [batch, 1]),
  );
  return tf.sub(
    gaussianLogDensity(logRatios, ofLogRatios),
    tf.sum(logLatent, 1),
  ) as Tensor1D;
}
