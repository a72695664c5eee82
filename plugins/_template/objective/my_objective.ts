/**
 * The objective my_objective: the ELBO from several draws, to begin with. Make
 * it yours from top to bottom, wherever it says "Change", and after each change
 * ask
 *
 *     vae-priors check ./my_objective.ts
 *
 * Say here where the formula comes from. This one is of Kingma and Welling 2014,
 * eq. 7, with L draws.
 *
 * @module
 */

import { defineObjective, tf, v } from "vae-priors";

/** The objective my_objective(samples). */
export default defineObjective({
  name: "my_objective",
  version: "0.1.0",
  apiVersion: 1,
  module: import.meta.url,
  // Change: one line for `vae-priors list`.
  description: "The evidence lower bound, from several draws",
  // Change: what a config may set. Each has a default, and bounds that hold.
  options: v.strictObject({
    samples: v.optional(
      v.pipe(
        v.number(),
        v.integer(),
        v.minValue(1),
        v.maxValue(100),
        v.description("draws for each image"),
      ),
      2,
    ),
  }),
  label: ({ samples }) => `MyObjective(${samples})`,
  create: ({ samples }) => ({
    // Change: leave it out where minus the loss may be above log p(x), averaged.
    isBound: true,
    // Change: add `needs: ["densities"]` to use `logPrior` and `logPosterior`.
    // Change: what a step makes smaller, in nats, averaged over the batch.
    terms: (model) => {
      const { posterior } = model;
      // `samples` in a row for each image, `[B * samples, S]`.
      const latent = model.sample(posterior, samples);
      const reconstruction = tf.neg(
        tf.mean(model.logLikelihood(latent), 1),
      ).as1D();
      const [rows, width] = latent.shape;
      const first = tf.reshape(
        tf.slice(
          tf.reshape(latent, [rows / samples, samples, width]),
          [0, 0, 0],
          [-1, 1, -1],
        ),
        [rows / samples, width],
      ).as2D(rows / samples, width);
      const kl = model.klDivergence(posterior, first);
      return {
        loss: tf.mean(tf.add(reconstruction, kl)),
        // For the curves: `-log p(x|z)` and the KL, `[B]` each.
        reconstruction,
        kl,
      };
    },
  }),
});
