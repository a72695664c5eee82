/**
 * What the stages of a model hand to each other; what is measured declares the
 * stage that measures it.
 *
 * @module
 */

import type { Dataset } from "../../datasets/mod.ts";
import type { Exploration } from "./latent/exploration.ts";
import type { Classifier } from "./metrics/artifacts.ts";
import type { Encoder, Samples, Training, Vae } from "./model/artifacts.ts";

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
    /** Knows the data set's classes; one for all trials. */
    classifier: Classifier;
    /** The latent space, looked at from all sides. */
    exploration: Exploration;
  }
}
