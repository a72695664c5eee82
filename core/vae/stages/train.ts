/**
 * `train`: fits the VAE by Adam on the objective.
 *
 * @module
 */

import { defineStage } from "../../pipeline/stage.ts";
import { trainContinues } from "./_train/continues.ts";
import { trainJudged } from "./_train/judged.ts";
import { trainOptions } from "./_train/options.ts";

export default defineStage({
  name: "train",
  version: 1,
  module: import.meta.url,
  description: "Fits the VAE by Adam on the objective",
  inputs: ["dataset", "vae"],
  outputs: ["training"],
  params: [
    "prior",
    "network",
    "likelihood",
    "objective",
    "latentDim",
    "seed",
    "engine",
  ],
  options: trainOptions,
  moved: {
    klWeight: { key: "objectives", name: "elbo", option: "klWeight" },
    klWarmupEpochs: { key: "objectives", name: "elbo", option: "warmupEpochs" },
  },
  continues: trainContinues,
  judged: trainJudged,
  // Loaded when it runs: a plan reads the declaration alone.
  run: async (inputs, options, context) => {
    const { train } = await import("./_train/run.ts");
    return { training: await train(inputs, options, context) };
  },
});
