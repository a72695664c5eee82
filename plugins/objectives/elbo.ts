/**
 * The evidence lower bound (Kingma and Welling 2014, eq. 3), with a weight of
 * the KL (Higgins et al. 2017, eq. 4), a warm-up of it (Sonderby et al. 2016,
 * section 2.2) and free bits (Kingma et al. 2016, appendix C.8).
 *
 * @module
 */

import {
  defineObjective,
  type Scalar,
  type StepPosition,
  tf,
  v,
} from "vae-priors";

const atLeastZero = () => v.pipe(v.number(), v.minValue(0), v.finite());

export default defineObjective({
  name: "elbo",
  version: "1.0.0",
  apiVersion: 1,
  module: import.meta.url,
  description: "The evidence lower bound, from one draw",
  options: v.strictObject({
    klWeight: v.optional(
      v.pipe(
        atLeastZero(),
        v.description("weight of the KL in the loss; 1 is the ELBO"),
      ),
      1,
    ),
    warmupEpochs: v.optional(
      v.pipe(
        atLeastZero(),
        v.description("epochs in which the KL's weight rises from 0"),
      ),
      0,
    ),
    freeBits: v.optional(
      v.pipe(
        atLeastZero(),
        v.description(
          "nats of each latent dimension's KL, averaged over the batch, that cost nothing",
        ),
      ),
      0,
    ),
  }),
  label: ({ klWeight, warmupEpochs, freeBits }) =>
    [
      klWeight === 1 ? "ELBO" : `ELBO(${klWeight})`,
      ...(warmupEpochs === 0 ? [] : [`warm-up ${warmupEpochs}`]),
      ...(freeBits === 0 ? [] : [`free bits ${freeBits}`]),
    ].join(" "),
  create: ({ klWeight, warmupEpochs, freeBits }) => ({
    needs: freeBits === 0 ? [] : ["dimensions"],
    isBound: klWeight === 1 && freeBits === 0,
    warmupEpochs,
    rates: {
      klWeight: ({ step, stepsPerEpoch }: StepPosition) => {
        const warmup = Math.round(warmupEpochs * stepsPerEpoch);
        return step <= warmup ? klWeight * (step / warmup) : klWeight;
      },
    },
    terms: (model, { klWeight }) => {
      const { posterior } = model;
      const latent = model.sample(posterior);
      const reconstruction = tf.neg(
        tf.reshape(model.logLikelihood(latent), [latent.shape[0]]),
      ).as1D();
      const kl = model.klDivergence(posterior, latent);
      const cost: Scalar = freeBits === 0 ? tf.mean(kl) : tf.sum(
        tf.maximum(tf.mean(model.klByDimension(posterior), 0), freeBits),
      );
      return {
        loss: tf.add(tf.mean(reconstruction), tf.mul(klWeight!, cost)),
        reconstruction,
        kl,
      };
    },
  }),
});
