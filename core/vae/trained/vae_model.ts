/// <reference lib="esnext.disposable" preserve="true" />
/**
 * A trained model as a script has it: its functions on typed arrays.
 *
 * @module
 */

import type { EngineInfo } from "../../engine/engine.ts";
import type { PixelForm } from "../plugin/likelihood.ts";
import type { ImageShape } from "../plugin/network.ts";
import type { ImageArray } from "./check_given.ts";

export type { ImageArray };

/** What q(z|x) is for some images. */
export interface EncodedImages {
  /** The prior's posterior means, `[B, S]`. */
  readonly mean: Float32Array;
  /** Parameters of q(z|x) by name, each `[B, units]`: see {@link VaeModel.head}. */
  readonly parameters: Readonly<Record<string, Float32Array>>;
}

/** What a model has generated. */
export interface GeneratedImages {
  /** Means of p(x|z), `[n, P]` in [0, 1]. */
  readonly images: Float32Array;
  /** Draws of the prior, `[n, S]`. */
  readonly latents: Float32Array;
}

/** Options of {@link VaeModel.sample}. */
export interface SampleOptions {
  /**
   * A seed as a config has it, a whole number from 0; default that of the
   * trial, which gives the draws of its pictures again.
   */
  readonly seed?: number;
}

/** Options of {@link VaeModel.logLikelihood}. */
export interface LogLikelihoodOptions {
  /** Importance samples K for each image; default 500. */
  readonly samples?: number;
  /**
   * A seed as a config has it, a whole number from 0; default that of the
   * trial, which gives the draws of its evaluation again.
   */
  readonly seed?: number;
}

/**
 * A trained model. Images and latent vectors are flat arrays, row after row: of
 * `B` images `[B, P]`, where P is height times width times channels and an
 * image goes row by row with its channels side by side; of latent vectors
 * `[B, S]`. A `Float32Array` of images has intensities in [0, 1], a
 * `Uint8Array` grey levels of 0 to 255. `B` is any number from 1.
 *
 * Calls are computed one after the other on the thread that asks, a batch at a
 * time. What is said of "the same" figures holds on the run's own engine; those
 * of another are of other draws, and else agree to single precision.
 */
export interface VaeModel extends Disposable, AsyncDisposable {
  readonly image: ImageShape;
  /** Latent dimension `D` of the config. */
  readonly latentDim: number;
  /** Width `S` of a latent vector under the prior. */
  readonly latentWidth: number;
  /** Parameters of q(z|x) by name, with their units. */
  readonly head: Readonly<Record<string, number>>;
  /** Which pixels its likelihood is one of. */
  readonly pixels: PixelForm;
  /** What computes. */
  readonly engine: EngineInfo;
  /** q(z|x) of images, as they are given. */
  encode(images: ImageArray): Promise<EncodedImages>;
  /** Means of p(x|z), `[B, P]` in [0, 1], for latent vectors `[B, S]`. */
  decode(latents: Float32Array): Promise<Float32Array>;
  /**
   * Draws `n` latent vectors from the prior and decodes them. As many draws as
   * the run's stage `sample` has made (up to 4096) are, with the trial's seed,
   * the same ones.
   */
  sample(n: number, options?: SampleOptions): Promise<GeneratedImages>;
  /**
   * Images by way of their posterior means, `[B, P]` in [0, 1]: those of the
   * run's pictures are the same to single precision.
   */
  reconstruct(images: ImageArray): Promise<Float32Array>;
  /**
   * Importance-weighted estimates of log p(x) in nats, `[B]` (Burda, Grosse and
   * Salakhutdinov 2016, eq. 8): on average lower bounds, which tighten with K.
   * Of a likelihood of `unit` pixels it is a density's.
   *
   * For a likelihood of binary pixels grey images are made binary first, as the
   * evaluation makes them of the test set. So the first images of the test set,
   * as many as the evaluation had, give with its number of samples and the
   * trial's seed minus the evaluation's NLL.
   *
   * @throws {UserError} where the prior has no densities, or the model was
   * trained on grey pixels with a likelihood of binary ones.
   */
  logLikelihood(
    images: ImageArray,
    options?: LogLikelihoodOptions,
  ): Promise<Float64Array>;
  /**
   * Frees all. Calls that are under way end with an error at their next batch;
   * `await using` waits for them.
   */
  dispose(): void;
}
