/**
 * A Gamma prior with shape `concentration` and inverse scale `rate` in every
 * latent coordinate, with a Gamma posterior.
 *
 * Sampler: implicit reparameterisation (Figurnov, Mohamed and Mnih 2018, eq. 5),
 * in log space, since a draw with a small concentration underflows.
 * KL: Penny 2001, "KL-divergences of Normal, Gamma, Dirichlet and Wishart
 * densities", section 2.
 *
 * @module
 */

import {
  definePrior,
  digamma,
  lgamma,
  positive,
  positiveReal,
  type Tensor2D,
  tf,
  v,
} from "../core/mod.ts";
import { endAt, logPower } from "./_ends.ts";
import { CONCENTRATIONS, positiveNumber } from "./_options.ts";

/** The prior Gamma(concentration, rate); its mean is concentration / rate. */
export default definePrior({
  name: "gamma",
  version: "1.0.0",
  apiVersion: 1,
  module: import.meta.url,
  description: "Gamma (shape, rate) with a Gamma posterior",
  options: v.strictObject({
    concentration: positiveNumber("shape of the prior", 3, CONCENTRATIONS),
    rate: positiveNumber("inverse scale of the prior", 2, CONCENTRATIONS),
  }),
  label: ({ concentration, rate }) => `Gamma(${concentration},${rate})`,
  head: (prior, { latentDim }) => ({
    concentration: {
      units: latentDim,
      constrain: positive({ floor: prior.concentration / FLOOR }),
    },
    rate: { units: latentDim, constrain: positive() },
  }),
  create(prior, { latentDim }) {
    // lgamma(c) - c log(r) of the prior: what its density is divided by.
    const logNormalizer = () =>
      tf.sub(
        lgamma(tf.scalar(prior.concentration)),
        prior.concentration * Math.log(prior.rate),
      );
    return {
      support: positiveReal,
      reparameterization: "implicit",
      sample({ concentration, rate }, random) {
        return fromLog(
          tf.sub(random.logGamma(concentration), tf.log(rate)) as Tensor2D,
        );
      },
      klDivergence({ concentration, rate }) {
        return tf.sum(
          tf.add(
            tf.sub(
              tf.mul(
                tf.sub(concentration, prior.concentration),
                digamma(concentration),
              ),
              tf.sub(lgamma(concentration), logNormalizer()),
            ),
            tf.add(
              tf.mul(prior.concentration, tf.log(rate)),
              tf.mul(concentration, tf.sub(tf.div(prior.rate, rate), 1)),
            ),
          ),
          1,
        );
      },
      posteriorMean: ({ concentration, rate }) => tf.div(concentration, rate),
      priorSample(count, random) {
        const concentration = tf.fill([count, latentDim], prior.concentration);
        return fromLog(
          tf.sub(
            random.logGamma(concentration),
            Math.log(prior.rate),
          ) as Tensor2D,
        );
      },
      densities: {
        posterior: ({ concentration, rate }, latent) =>
          tf.sum(
            tf.add(
              tf.sub(
                tf.mul(concentration, tf.log(rate)),
                lgamma(concentration),
              ),
              tf.sub(
                logPower(latent, concentration, LEAST),
                tf.mul(rate, latent),
              ),
            ),
            1,
          ),
        prior: (latent) =>
          tf.sum(
            tf.sub(
              logPower(latent, prior.concentration, LEAST),
              tf.add(tf.mul(prior.rate, latent), logNormalizer()),
            ),
            1,
          ),
      },
    };
  },
});

/** exp, kept above the smallest normal number: log z must stay finite. */
function fromLog(logLatent: Tensor2D): Tensor2D {
  return tf.exp(tf.maximum(logLatent, LOWEST_LOG)) as Tensor2D;
}

const LOWEST_LOG = -87;
const LEAST = endAt(Math.exp(LOWEST_LOG));

/**
 * The posterior's concentration stays above the prior's over this. The KL is
 * about 30 nats there, whatever the prior: more than a coordinate ever tells.
 * Without it a rare test image gets a spike at 0, and thousands of nats.
 */
const FLOOR = 30;
