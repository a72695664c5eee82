/**
 * The stages of the default pipeline.
 *
 * @module
 */

import type { Stage } from "../../pipeline/stage.ts";
import attachPrior from "./attach_prior.ts";
import buildEncoder from "./build_encoder.ts";
import classifier from "./classifier.ts";
import evaluate from "./evaluate.ts";
import explore from "./explore.ts";
import latentMetrics from "./latent_metrics.ts";
import loadMnist from "./load_mnist.ts";
import sample from "./sample.ts";
import sampleMetrics from "./sample_metrics.ts";
import train from "./train.ts";

/** Images in, comparison out: each can be replaced in the config. */
export const defaultStages: readonly Stage[] = [
  loadMnist,
  buildEncoder,
  attachPrior,
  train,
  sample,
  evaluate,
  latentMetrics,
  classifier,
  sampleMetrics,
  explore,
];
