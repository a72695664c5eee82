/**
 * `classifier`: learns the data set's classes, once for all trials. Its features
 * are what `sample_metrics` compares images by.
 *
 * @module
 */

import { defineStage } from "../../pipeline/stage.ts";
import { classifierOptions } from "./_metrics/classifier_options.ts";

export default defineStage({
  name: "classifier",
  version: 1,
  module: import.meta.url,
  description: "Trains the classifier in whose features samples are judged",
  inputs: ["dataset"],
  outputs: ["classifier"],
  params: ["engine"],
  options: classifierOptions,
  // Loaded when it runs: a plan reads the declaration alone.
  run: async (inputs, options, context) => {
    const { trainClassifier } = await import("./_metrics/run_classifier.ts");
    return { classifier: await trainClassifier(inputs, options, context) };
  },
});
