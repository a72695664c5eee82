/**
 * The evidence lower bound whose gradient passes by the draw alone, "sticking
 * the landing" (Roeder, Wu and Duvenaud 2017, eq. 8): log q(z|x) is taken at
 * parameters that are held. What is left out, the score, is 0 on average; without
 * it the gradient's noise goes to 0 as q(z|x) comes to be p(z|x).
 *
 * @module
 */

import { defineObjective, v } from "vae-priors";
import { boundTerms, stopped, weigh } from "./_weights.ts";

export default defineObjective({
  name: "stl",
  version: "1.0.0",
  apiVersion: 1,
  module: import.meta.url,
  description: "The evidence lower bound, with its gradient by the draw alone",
  options: v.strictObject({}),
  label: () => "STL",
  create: () => ({
    needs: ["densities"],
    isBound: true,
    terms: (model) => {
      const { posterior } = model;
      const latent = model.sample(posterior);
      return boundTerms(weigh(model, stopped(posterior), latent));
    },
  }),
});
