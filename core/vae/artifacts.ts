/**
 * What the stages of a model hand to each other.
 *
 * @module
 */

import type { Dataset } from "../../datasets/mod.ts";
import type { Exploration } from "./latent/exploration.ts";
import type {
  Classifier,
  LatentMetrics,
  SampleMetrics,
} from "./metrics/artifacts.ts";
import type {
  Encoder,
  Evaluation,
  Samples,
  Training,
  Vae,
} from "./model/artifacts.ts";

declare module "../pipeline/artifacts.ts" {
  interface Artifacts {
    /** Images and labels, train and test. */
    dataset: Dataset;
    /** Layer sizes and initial weights of the encoder. */
    encoder: Encoder;
    /** The whole model, initialised, with its prior attached. */
    vae: Vae;
    /** Trained weights and the curves. */
    training: Training;
    /** Generated images and reconstructions. */
    samples: Samples;
    /** Numbers on the test set. */
    evaluation: Evaluation;
    /** What the latents are like. */
    latentMetrics: LatentMetrics;
    /** Knows the data set's classes; one for all runs. */
    classifier: Classifier;
    /** What the samples are like. */
    sampleMetrics: SampleMetrics;
    /** The latent space, looked at from all sides. */
    exploration: Exploration;
  }
}
