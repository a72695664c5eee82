/**
 * The importance-weighted bound with its doubly reparameterised gradient
 * (Tucker, Lawson, Gu and Maddison 2019, "Doubly reparameterized gradient
 * estimators for Monte Carlo objectives", eq. 8): the value and the mean gradient
 * of `iwae`, and less noise the more draws there are.
 *
 * With w_k the normalised weights, decoder and prior get the gradient of
 * sum_k w_k log w(z_k), the encoder, by way of z_k alone, that of
 * sum_k w_k^2 log w(z_k).
 *
 * @module
 */

import { defineObjective, scaleGradient, tf, v } from "vae-priors";
import {
  boundTerms,
  samples,
  stopped,
  weigh,
  type WeightParts,
} from "./_weights.ts";

export default defineObjective({
  name: "dreg",
  version: "1.0.0",
  apiVersion: 1,
  module: import.meta.url,
  description: "The importance-weighted bound, with a gradient of less noise",
  options: v.strictObject({ samples: samples() }),
  label: ({ samples }) => `DReG(${samples})`,
  create: ({ samples }) => ({
    needs: ["densities"],
    isBound: true,
    terms: (model) => {
      const { posterior } = model;
      let parts: WeightParts;
      const logWeights = scaleGradient(
        model.sample(posterior, samples),
        (latent) => {
          parts = weigh(model, stopped(posterior), latent);
          const weights = tf.softmax(parts.logWeights);
          // One factor w_k comes with the bound's own gradient.
          return {
            value: parts.logWeights,
            factor: tf.reshape(weights, [latent.shape[0], 1]),
          };
        },
      );
      return boundTerms({ ...parts!, logWeights });
    },
  }),
});
