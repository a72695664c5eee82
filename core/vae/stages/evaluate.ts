/**
 * `evaluate`: ELBO, its terms and the importance-weighted likelihood on the
 * test set, in nats an image.
 *
 * @module
 */

import { defineStage } from "../../pipeline/stage.ts";
import { evaluateOptions } from "./_evaluate/options.ts";

export default defineStage({
  name: "evaluate",
  version: 1,
  module: import.meta.url,
  description: "Measures ELBO, reconstruction, KL and NLL on the test set",
  inputs: ["dataset", "training"],
  outputs: ["evaluation"],
  params: ["prior", "network", "likelihood", "latentDim", "seed", "engine"],
  options: evaluateOptions,
  // Loaded when it runs: a plan reads the declaration alone.
  run: async (inputs, options, context) => {
    const { evaluate } = await import("./_evaluate/run.ts");
    return { evaluation: await evaluate(inputs, options, context) };
  },
});
