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
  identity,
  positive,
  simplex,
  type Tensor,
  type Tensor1D,
  type Tensor2D,
  tf,
  v,
} from "../core/mod.ts";
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
    mean: finiteNumber("mean of each log-ratio to the last coordinate", 0),
    variance: positiveNumber("variance of each log-ratio", 1),
  }),
  label: ({ mean, variance }) => `LogisticNormal(${mean},${variance})`,
  head: (_, { latentDim }) => ({
    mean: { units: latentDim, constrain: identity },
    scale: { units: latentDim, constrain: positive() },
  }),
  create({ mean, variance }, { latentDim }) {
    const prior = { mean, scale: Math.sqrt(variance) };
    return {
      support: simplex,
      latentWidth: latentDim + 1,
      reparameterization: "explicit",
      sample({ mean, scale }, random) {
        const noise = random.normal(mean.shape);
        return toSimplex(tf.add(mean, tf.mul(scale, noise)));
      },
      klDivergence(posterior) {
        const ratio = tf.div(tf.square(posterior.scale), variance);
        const shift = tf.div(tf.square(tf.sub(posterior.mean, mean)), variance);
        const terms = tf.sub(tf.add(ratio, shift), tf.add(1, tf.log(ratio)));
        return tf.sum(tf.mul(0.5, terms), 1);
      },
      // The centre (Aitchison 1986, section 4.1): what the means of the
      // log-ratios stand for. The arithmetic mean has no closed form.
      posteriorMean: ({ mean }) => toSimplex(mean),
      priorSample(count, random) {
        const noise = random.normal([count, latentDim]);
        return toSimplex(tf.add(mean, tf.mul(prior.scale, noise)));
      },
      densities: {
        posterior: logDensity,
        prior: (latent) => logDensity(prior, latent),
      },
    };
  },
});

type LogisticNormal = Readonly<Record<"mean" | "scale", Tensor | number>>;

/** Softmax of the log-ratios and 0, the last coordinate's: `[B, D + 1]`. */
function toSimplex(logRatios: Tensor): Tensor2D {
  const last = tf.zeros([logRatios.shape[0]!, 1]);
  return fromLog(tf.logSoftmax(tf.concat([logRatios, last], 1)));
}

/** For Lebesgue's measure on all coordinates but the last; the Jacobian is 1 / product of z. */
function logDensity(
  { mean, scale }: LogisticNormal,
  latent: Tensor2D,
): Tensor1D {
  const [batch, width] = latent.shape;
  const logLatent = tf.log(latent);
  const logRatios = tf.sub(
    tf.slice(logLatent, [0, 0], [batch, width - 1]),
    tf.slice(logLatent, [0, width - 1], [batch, 1]),
  );
  const standard = tf.div(tf.sub(logRatios, mean), scale);
  const logNormal = tf.sub(
    tf.mul(-0.5, tf.square(standard)),
    tf.add(tf.log(scale), HALF_LOG_2_PI),
  );
  return tf.sub(tf.sum(logNormal, 1), tf.sum(logLatent, 1)) as Tensor1D;
}

const HALF_LOG_2_PI = 0.5 * Math.log(2 * Math.PI);
