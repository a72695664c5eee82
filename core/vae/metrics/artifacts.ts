/**
 * What the metrics' stages give, as plain data.
 *
 * @module
 */

import type { Estimate, ImageBatch, Weights } from "../model/artifacts.ts";

/** A classifier of the data set's images, for features and classes. */
export interface Classifier {
  readonly inputSize: number;
  /** Labels from 0 to `classes - 1`. */
  readonly classes: number;
  /** Units of the last hidden layer, whose outputs are the features. */
  readonly features: number;
  readonly weights: Weights;
  /** Share of test images that it names rightly, from 0 to 1. */
  readonly accuracy: Estimate;
}

/** How near samples are to training images. */
export interface Copying {
  /**
   * Probability that a sample is nearer to the training images than the
   * reconstruction of a test image is; 1/2 where nothing was learnt by heart.
   */
  readonly probability: Estimate;
  /** Euclidean distance of samples from their nearest training images, pixels in [0, 1]. */
  readonly distance: Estimate;
  /** The same of reconstructions of test images. */
  readonly distanceOfUnseen: Estimate;
  /** Samples, and as many reconstructions. */
  readonly images: number;
  /** The first samples, and the training image nearest to each. */
  readonly samples: ImageBatch;
  readonly nearest: ImageBatch;
}
