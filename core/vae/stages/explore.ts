/**
 * `explore`: what a latent space looks like, for the report: traversals,
 * interpolations, where the images lie in it.
 *
 * @module
 */

import { defineStage } from "../../pipeline/stage.ts";
import { exploreOptions } from "./_explore/options.ts";

export default defineStage({
  name: "explore",
  version: 1,
  module: import.meta.url,
  description: "Looks at the latent space: traversals, paths, posteriors",
  inputs: ["dataset", "training"],
  outputs: ["exploration"],
  params: ["prior", "network", "likelihood", "latentDim", "seed", "engine"],
  options: exploreOptions,
  // Loaded when it runs: a plan reads the declaration alone.
  run: async (inputs, options, context) => {
    const { explore } = await import("./_explore/run.ts");
    return { exploration: await explore(inputs, options, context) };
  },
});
