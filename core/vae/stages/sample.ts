/**
 * `sample`: images generated from the prior, and reconstructions of test images.
 *
 * @module
 */

import { defineStage } from "../../pipeline/stage.ts";
import { sampleOptions } from "./_sample/options.ts";

export default defineStage({
  name: "sample",
  version: 1,
  module: import.meta.url,
  description: "Draws images from the prior and reconstructs test images",
  inputs: ["dataset", "training"],
  outputs: ["samples"],
  params: ["prior", "network", "likelihood", "latentDim", "seed", "engine"],
  options: sampleOptions,
  // Loaded when it runs: a plan reads the declaration alone.
  run: async (inputs, options, context) => {
    const { sample } = await import("./_sample/run.ts");
    return { samples: await sample(inputs, options, context) };
  },
});
