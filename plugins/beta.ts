/**
 * A Beta prior in every latent coordinate, with a Beta posterior.
 *
 * Heads and samplers: _beta_routes.ts.
 * KL: Penny 2001, "KL-divergences of Normal, Gamma, Dirichlet and Wishart
 * densities", section 3, for two components.
 *
 * @module
 */

import {
  definePrior,
  digammaDifference,
  logBeta,
  type Tensor,
  type Tensor1D,
  type Tensor2D,
  tf,
  unitInterval,
  v,
} from "../core/mod.ts";
import {
  BETA_ENDS,
  betaHead,
  type Concentrations,
  concentrationsOf,
  drawBeta,
} from "./_beta_routes.ts";
import { logPower } from "./_ends.ts";
import { CONCENTRATIONS, positiveNumber } from "./_options.ts";

/** The prior Beta(alpha, beta); `beta({ alpha: 1, beta: 1 })` is uniform on (0, 1). */
export default definePrior({
  name: "beta",
  version: "1.1.0",
  apiVersion: 1,
  module: import.meta.url,
  description: "Beta with a Beta posterior",
  options: v.strictObject({
    alpha: positiveNumber(
      "first concentration of the prior",
      1,
      CONCENTRATIONS,
    ),
    beta: positiveNumber(
      "second concentration of the prior",
      1,
      CONCENTRATIONS,
    ),
    head: v.optional(
      v.pipe(
        v.picklist(["softplus", "moments"]),
        v.description("what the network gives: concentrations, or moments"),
      ),
      "softplus",
    ),
    sampler: v.optional(
      v.pipe(
        v.picklist(["implicit", "inverse-cdf"]),
        v.description("how a draw is made differentiable"),
      ),
      "implicit",
    ),
  }),
  label: ({ alpha, beta, head, sampler }) =>
    `Beta(${
      [
        alpha,
        beta,
        ...head === "softplus" ? [] : [head],
        ...sampler === "implicit" ? [] : [sampler],
      ].join(",")
    })`,
  head: (prior, { latentDim }) =>
    betaHead(prior.head, { prior, units: latentDim }),
  create(prior, { latentDim }) {
    return {
      support: unitInterval,
      reparameterization: "implicit",
      sample: (posterior, random) =>
        drawBeta(prior.sampler, concentrationsOf(posterior, prior), random),
      klDivergence(posterior) {
        const { alpha, beta } = concentrationsOf(posterior, prior);
        // psi(alpha) - psi(alpha + beta) as one function: no cancellation.
        const terms = tf.addN([
          tf.mul(tf.sub(alpha, prior.alpha), digammaDifference(alpha, beta)),
          tf.mul(tf.sub(beta, prior.beta), digammaDifference(beta, alpha)),
          tf.neg(logBeta(alpha, beta)),
        ]);
        const normalizer = logBeta(prior.alpha, prior.beta);
        return tf.sum(tf.add(terms, normalizer), 1);
      },
      posteriorMean(posterior) {
        const { alpha, beta } = concentrationsOf(posterior, prior);
        return tf.div(alpha, tf.add(alpha, beta));
      },
      priorSample(count, random) {
        const shape: [number, number] = [count, latentDim];
        const concentrations = {
          alpha: tf.fill(shape, prior.alpha),
          beta: tf.fill(shape, prior.beta),
        };
        return drawBeta(prior.sampler, concentrations, random);
      },
      densities: {
        posterior: (posterior, latent) =>
          logDensity(concentrationsOf(posterior, prior), latent),
        prior: (latent) =>
          logDensity({
            alpha: tf.scalar(prior.alpha),
            beta: tf.scalar(prior.beta),
          }, latent),
      },
    };
  },
});

/** log Beta(z; alpha, beta), summed over coordinates: `[B]`. */
function logDensity(
  { alpha, beta }: Concentrations<Tensor>,
  latent: Tensor2D,
): Tensor1D {
  const kernel = tf.add(
    logPower(latent, alpha, BETA_ENDS.lower),
    logPower(tf.sub(1, latent), beta, BETA_ENDS.upper),
  );
  return tf.sum(tf.sub(kernel, logBeta(alpha, beta)), 1);
}
