/**
 * What the metrics' stages give, as plain data.
 *
 * @module
 */

import type { Estimate, ImageBatch, Weights } from "../model/artifacts.ts";
import type { AggregateDistance } from "./aggregate_distance.ts";

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

/** What the latents of a training are like; null for what was left out or cannot be had. */
export interface LatentMetrics {
  readonly units: {
    /** Units with more than 1 % of the prior's variance between images. */
    readonly active: number;
    /** `Var_x(E[u|x]) / Var(u)` of each unit. */
    readonly activity: readonly number[];
  };
  /** KL(q(z_d|x) || p(z_d)) of each dimension in nats, where the prior factorises. */
  readonly klByDimension: readonly Estimate[] | null;
  /** Accuracy of a vote of the nearest posterior means, from 0 to 1. */
  readonly knn: (Estimate & { readonly k: number }) | null;
  /** Accuracy of logistic regression on posterior means, from 0 to 1. */
  readonly probe: Estimate | null;
  /** Training images behind `knn` and `probe`. */
  readonly trainImages: number;
  /** Test images that all figures are of. */
  readonly testImages: number;
  /** Aggregate posterior against prior, in the prior's standard deviations. */
  readonly aggregate: AggregateDistance;
  /** What could not be had and why, for the report. */
  readonly missing: readonly string[];
}

/** What the samples of a training are like, in the features of the classifier. */
export interface SampleMetrics {
  /** Generated images, and as many test images to compare with. */
  readonly samples: number;
  /** Squared distance of the samples from test images. */
  readonly frechet: number;
  /** That of training images, as many, from the same test images. */
  readonly frechetFloor: number;
  /** Shares from 0 to 1. */
  readonly precision: Estimate;
  readonly recall: Estimate;
  /** Neighbours that the manifolds of precision and recall are made with. */
  readonly neighbours: number;
  /** Vendi score of the samples, and of the test images. */
  readonly vendi: number;
  readonly vendiOfTest: number;
  /** Entropy in nats of the classes that the classifier sees in the samples, and in the test images. */
  readonly classEntropy: number;
  readonly classEntropyOfTest: number;
  readonly copying: Copying;
  /** The classifier's accuracy on test images. */
  readonly classifierAccuracy: Estimate;
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
