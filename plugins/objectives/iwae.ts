/**
 * The importance-weighted bound (Burda, Grosse and Salakhutdinov 2016,
 * "Importance weighted autoencoders", eq. 8), differentiated as it stands.
 *
 * @module
 */

import { defineObjective, v } from "vae-priors";
import { boundTerms, samples, weigh } from "./_weights.ts";

export default defineObjective({
  name: "iwae",
  version: "1.0.0",
  apiVersion: 1,
  module: import.meta.url,
  description: "The importance-weighted bound, from several draws",
  options: v.strictObject({ samples: samples() }),
  label: ({ samples }) => `IWAE(${samples})`,
  create: ({ samples }) => ({
    needs: ["densities"],
    isBound: true,
    terms: (model) => {
      const { posterior } = model;
      const latent = model.sample(posterior, samples);
      return boundTerms(weigh(model, posterior, latent));
    },
  }),
});
