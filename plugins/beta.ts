/**
 * A Beta prior in every latent coordinate, with a Beta posterior.
 *
 * Sampler: z = G1 / (G1 + G2) with G1 ~ Gamma(alpha), G2 ~ Gamma(beta), both
 * implicitly reparameterised (Figurnov, Mohamed and Mnih 2018, eq. 5 and
 * section 4) and divided in log space, where 0 / 0 cannot happen.
 * KL: Penny 2001, "KL-divergences of Normal, Gamma, Dirichlet and Wishart
 * densities", section 3, for two components.
 *
 * @module
 */

import {
  definePrior,
  digammaDifference,
  logBeta,
  positive,
  type Random,
  type Tensor,
  type Tensor1D,
  type Tensor2D,
  tf,
  unitInterval,
  v,
} from "../core/mod.ts";

const parameter = (description: string) =>
  v.optional(
    v.pipe(v.number(), v.finite(), v.gtValue(0), v.description(description)),
    1,
  );

/** The prior Beta(alpha, beta); `beta({ alpha: 1, beta: 1 })` is uniform on (0, 1). */
export default definePrior({
  name: "beta",
  version: "1.0.0",
  apiVersion: 1,
  module: import.meta.url,
  description: "Beta with a Beta posterior",
  options: v.strictObject({
    alpha: parameter("first concentration of the prior"),
    beta: parameter("second concentration of the prior"),
  }),
  label: ({ alpha, beta }) => `Beta(${alpha},${beta})`,
  head: (prior, { latentDim }) => ({
    alpha: {
      units: latentDim,
      constrain: positive({ floor: prior.alpha / FLOOR }),
    },
    beta: {
      units: latentDim,
      constrain: positive({ floor: prior.beta / FLOOR }),
    },
  }),
  create(prior, { latentDim }) {
    return {
      support: unitInterval,
      reparameterization: "implicit",
      sample: ({ alpha, beta }, random) => draw(alpha, beta, random),
      klDivergence({ alpha, beta }) {
        // psi(alpha) - psi(alpha + beta) as one function: no cancellation.
        const terms = tf.addN([
          tf.mul(tf.sub(alpha, prior.alpha), digammaDifference(alpha, beta)),
          tf.mul(tf.sub(beta, prior.beta), digammaDifference(beta, alpha)),
          tf.neg(logBeta(alpha, beta)),
        ]);
        const normalizer = logBeta(prior.alpha, prior.beta);
        return tf.sum(tf.add(terms, normalizer), 1);
      },
      posteriorMean: ({ alpha, beta }) => tf.div(alpha, tf.add(alpha, beta)),
      priorSample(count, random) {
        const shape: [number, number] = [count, latentDim];
        return draw(
          tf.fill(shape, prior.alpha),
          tf.fill(shape, prior.beta),
          random,
        );
      },
      densities: {
        posterior: ({ alpha, beta }, latent) => logDensity(alpha, beta, latent),
        prior: (latent) =>
          logDensity(tf.scalar(prior.alpha), tf.scalar(prior.beta), latent),
      },
    };
  },
});

/**
 * The posterior's concentrations stay above the prior's over this. The KL is
 * about 30 nats there, whatever the prior: more than a coordinate ever tells.
 * Without it a rare test image gets a spike at 0 or 1, and thousands of nats.
 */
const FLOOR = 30;

/** Distance kept from 0 and 1: both log z and log(1 - z) stay finite in single precision. */
const MARGIN = 2 ** -23;

function draw(alpha: Tensor2D, beta: Tensor2D, random: Random): Tensor2D {
  const logit = tf.sub(random.logGamma(alpha), random.logGamma(beta));
  return tf.clipByValue(tf.sigmoid(logit), MARGIN, 1 - MARGIN) as Tensor2D;
}

/** log Beta(z; alpha, beta), summed over coordinates: `[B]`. */
function logDensity(
  alpha: Tensor,
  beta: Tensor,
  latent: Tensor2D,
): Tensor1D {
  const kernel = tf.add(
    tf.mul(tf.sub(alpha, 1), tf.log(latent)),
    tf.mul(tf.sub(beta, 1), tf.log(tf.sub(1, latent))),
  );
  return tf.sum(tf.sub(kernel, logBeta(alpha, beta)), 1);
}
