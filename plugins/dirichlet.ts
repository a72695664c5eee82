/**
 * A symmetric Dirichlet prior on the simplex, with a Dirichlet posterior.
 *
 * Sampler: gamma draws over their sum, implicitly reparameterised (Figurnov,
 * Mohamed and Mnih 2018, section 4), as a softmax of their logarithms.
 * KL: Penny 2001, "KL-divergences of Normal, Gamma, Dirichlet and Wishart
 * densities", section 3.
 *
 * @module
 */

import {
  definePrior,
  digammaDifference,
  logBeta,
  positive,
  type Random,
  simplex,
  type Tensor,
  type Tensor1D,
  type Tensor2D,
  tf,
  v,
} from "../core/mod.ts";
import { logPower } from "./_ends.ts";
import { fromLog, LEAST } from "./_log_space.ts";
import { positiveNumber } from "./_options.ts";

/**
 * The prior Dirichlet(concentration, ..., concentration) of `latentDim` + 1
 * coordinates that sum to 1; `dirichlet()` is uniform on the simplex, and less
 * than 1 favours its corners.
 */
export default definePrior({
  name: "dirichlet",
  version: "1.0.0",
  apiVersion: 1,
  module: import.meta.url,
  description: "Symmetric Dirichlet on the simplex with a Dirichlet posterior",
  options: v.strictObject({
    concentration: positiveNumber("of each coordinate; 1 is uniform", 1, [
      1e-3,
      100,
    ]),
  }),
  head: ({ concentration }, { latentDim }) => ({
    concentration: {
      units: latentDim + 1,
      constrain: positive({ floor: concentration / FLOOR }),
    },
  }),
  create(prior, { latentDim }) {
    const width = latentDim + 1;
    const ofPrior = (count: number): Tensor2D =>
      tf.fill([count, width], prior.concentration);
    return {
      support: simplex,
      latentWidth: width,
      reparameterization: "implicit",
      sample: ({ concentration }, random) => draw(concentration, random),
      klDivergence({ concentration }) {
        const rest = tf.sub(sum(concentration), concentration);
        // E log z_k, the first digamma less the second as one function.
        const meanLog = digammaDifference(concentration, rest);
        const terms = tf.mul(
          tf.sub(concentration, prior.concentration),
          meanLog,
        );
        return tf.add(
          tf.sum(terms, 1),
          tf.sub(logNormalizer(ofPrior(1)), logNormalizer(concentration)),
        ) as Tensor1D;
      },
      posteriorMean: ({ concentration }) =>
        tf.div(concentration, sum(concentration)),
      priorSample: (count, random) => draw(ofPrior(count), random),
      densities: {
        posterior: ({ concentration }, latent) =>
          logDensity(concentration, latent),
        prior: (latent) => logDensity(ofPrior(1), latent),
      },
    };
  },
});

/**
 * The posterior's concentrations stay above the prior's over this. The KL is
 * about 30 nats a coordinate there: more than one ever tells.
 */
const FLOOR = 30;

function draw(concentration: Tensor2D, random: Random): Tensor2D {
  return fromLog(tf.logSoftmax(random.logGamma(concentration)));
}

/** log Dirichlet(z), for Lebesgue's measure on all coordinates but one: `[B]`. */
function logDensity(concentration: Tensor2D, latent: Tensor2D): Tensor1D {
  const kernel = logPower(latent, concentration, LEAST);
  return tf.sub(
    tf.sum(kernel, 1),
    logNormalizer(concentration),
  ) as Tensor1D;
}

/**
 * log B(a_1, ..., a_K) as the sum of log B(a_k, a_{k + 1} + ... + a_K), in which
 * nothing cancels: `[B]`.
 */
function logNormalizer(concentration: Tensor2D): Tensor1D {
  const [batch, width] = concentration.shape;
  const butLast = (x: Tensor) => tf.slice(x, [0, 0], [batch, width - 1]);
  const after = tf.cumsum(concentration, 1, true, true);
  return tf.sum(logBeta(butLast(concentration), butLast(after)), 1);
}

function sum(concentration: Tensor2D): Tensor {
  return tf.sum(concentration, 1, true);
}
