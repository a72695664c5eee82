/**
 * `latent_metrics`: what the latent space is used for, and how far it is from
 * the prior.
 *
 * @module
 */

import { defineStage } from "../../pipeline/stage.ts";
import { latentMetricsOptions } from "./_metrics/latent_metrics_options.ts";

export default defineStage({
  name: "latent_metrics",
  version: 1,
  module: import.meta.url,
  description:
    "Measures active units, KL by dimension, k-NN and linear probe, and the aggregate posterior",
  inputs: ["dataset", "training"],
  outputs: ["latentMetrics"],
  params: ["prior", "network", "likelihood", "latentDim", "seed", "engine"],
  options: latentMetricsOptions,
  // Loaded when it runs: a plan reads the declaration alone.
  run: async (inputs, options, context) => {
    const { measureLatents } = await import("./_metrics/run_latent_metrics.ts");
    return { latentMetrics: await measureLatents(inputs, options, context) };
  },
});
