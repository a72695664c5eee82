/**
 * What stages hand to each other. Every artifact is plain data: JSON values
 * with typed arrays as leaves, so that the store can keep any of them without
 * knowing it, and no tensor outlives its stage.
 *
 * Users add their own by declaration merging:
 *
 * ```ts
 * declare module "vae-priors/artifacts" {
 *   interface Artifacts {
 *     embedding: { points: Float32Array };
 *   }
 * }
 * ```
 *
 * @module
 */

import type { Dataset } from "../../datasets/mod.ts";
import type { Exploration } from "../vae/latent/exploration.ts";
import type {
  Classifier,
  LatentMetrics,
  SampleMetrics,
} from "../vae/metrics/artifacts.ts";
import type {
  Encoder,
  Evaluation,
  Samples,
  Training,
  Vae,
} from "../vae/model/artifacts.ts";

/** Artifact name to its type. */
export interface Artifacts {
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

/** Name of an artifact. */
export type ArtifactName = keyof Artifacts & string;
