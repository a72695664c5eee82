/**
 * `sample_metrics`: how good, how different and how new generated images are.
 *
 * @module
 */

import { defineStage } from "../../pipeline/stage.ts";
import { sampleMetricsOptions } from "./_metrics/sample_metrics_options.ts";

export default defineStage({
  name: "sample_metrics",
  version: 1,
  module: import.meta.url,
  description:
    "Measures Frechet distance, precision, recall, diversity and copying of samples",
  inputs: ["dataset", "training", "classifier"],
  outputs: ["sampleMetrics"],
  params: ["prior", "network", "likelihood", "latentDim", "seed", "engine"],
  options: sampleMetricsOptions,
  // Loaded when it runs: a plan reads the declaration alone.
  run: async (inputs, options, context) => {
    const { measureSamples } = await import("./_metrics/run_sample_metrics.ts");
    return { sampleMetrics: await measureSamples(inputs, options, context) };
  },
});
