/**
 * What the model's stages give, as plain data (JSON values and typed arrays).
 *
 * @module
 */

import type { ImageBatch } from "../../picture/image_batch.ts";
import type { ImageShape } from "../plugin/network.ts";
import type { PixelForm } from "../plugin/likelihood.ts";

export type { ImageBatch };

import type {
  NamedArray,
  VariableValues,
} from "../../engine/program/program.ts";

/** Named arrays with shapes; the names are the weights' paths, `encoder/0/kernel`. */
export type Weights = VariableValues;

/** One dense array of a model. */
export type WeightArray = NamedArray;

/** The encoder, before the prior's head. */
export interface Encoder {
  readonly image: ImageShape;
  /** Features that it gives the head. */
  readonly features: number;
  readonly weights: Weights;
}

/** Shape of a whole VAE. */
export interface Architecture {
  /** Values of one image, 784 for MNIST. */
  readonly inputSize: number;
  readonly image: ImageShape;
  /** Latent dimension `D` asked for. */
  readonly latentDim: number;
  /** Width `S` of a latent vector under the prior. */
  readonly latentWidth: number;
  /** Head entry to its units. */
  readonly head: Readonly<Record<string, number>>;
}

/** An initialised VAE. */
export interface Vae {
  readonly architecture: Architecture;
  readonly weights: Weights;
}

/** Means over one epoch, in nats an image; `val` of the held-out images, if any. */
export interface EpochRecord {
  readonly epoch: number;
  readonly step: number;
  readonly loss: number;
  readonly reconstruction: number;
  readonly kl: number;
  readonly learningRate: number;
  /** Where the objective has one. */
  readonly klWeight?: number;
  /** Negative ELBO of the validation images; absent where none are held out. */
  readonly validation?: number;
}

/** The outcome of training. */
export interface Training {
  readonly architecture: Architecture;
  /** Weights after the last step. */
  readonly weights: Weights;
  /** Weights at the best validation (else training) loss. */
  readonly best: Weights;
  readonly bestEpoch: number;
  readonly epochs: readonly EpochRecord[];
  readonly steps: number;
  /** Which pixels the likelihood is one of. */
  readonly pixels: PixelForm;
  /** How images were made binary; `grey`, as they are, is no likelihood of binary pixels. */
  readonly binarization: "dynamic" | "threshold" | "grey";
  /** Which way the steps ran. */
  readonly execution: { readonly compiled: boolean; readonly reason?: string };
}

/** What the trained model draws. */
export interface Samples {
  /** Decoder means of draws from the prior. */
  readonly generated: ImageBatch;
  /** The prior's draws, `[generated.count, latentWidth]`. */
  readonly latents: Float32Array;
  /** Test images and their reconstructions, in the same order. */
  readonly originals: ImageBatch;
  readonly reconstructions: ImageBatch;
}

/** A mean with its standard error. */
export interface Estimate {
  readonly mean: number;
  readonly standardError: number;
}

/**
 * Importance-weighted negative log-likelihood in nats an image (Burda, Grosse
 * and Salakhutdinov 2016, eq. 8); the standard error is that over the images.
 */
export interface NllEstimate extends Estimate {
  /** Draws for each image, `K`. */
  readonly samples: number;
  /** Test images that were looked at. */
  readonly images: number;
  /** Mean over the images, from 1 to K (Kong 1992). */
  readonly effectiveSampleSize: number;
  /** Standard error of the mean that other draws for the same images would show. */
  readonly samplingError: number;
  /** The same with fewer draws of the same ones, from few to K: the bound tightens. */
  readonly sweep: readonly (Estimate & { readonly samples: number })[];
}
