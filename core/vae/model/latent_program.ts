/**
 * What is known of the latents of a batch of images, and draws from the prior,
 * as programs.
 *
 * @module
 */

import type { TrainedModel } from "./open_model.ts";
import type { ProgramSpec } from "../../engine/program/program.ts";
import { createRandom, type Random } from "../../engine/random.ts";
import {
  type NamedTensorMap,
  type Scalar,
  type Tensor2D,
  tf,
} from "../../engine/tf.ts";
import type { Posterior, Prior } from "../plugin/prior.ts";
import { klByDimension } from "./marginal.ts";
import { decodedMeans, encode } from "./network.ts";
import { priorScope } from "./prior_scope.ts";
import { repeatPosterior } from "./repeat_rows.ts";

/** Images of one run of a program. */
export interface ImageInput {
  readonly batchSize: number;
  readonly inputSize: number;
}

/** `mean` `[B, S]`, the posterior means of `pixels` (bytes). */
export function meanProgram(
  { model, variables }: TrainedModel,
  { batchSize, inputSize }: ImageInput,
): ProgramSpec {
  return {
    variables,
    inputs: { pixels: { shape: [batchSize, inputSize], dtype: "uint8" } },
    compute: (weights, { pixels }) => ({
      mean: model.prior.posteriorMean(
        encode(model, weights, tf.mul(pixels!, 1 / 255) as Tensor2D),
      ),
    }),
  };
}

/** What {@link latentProgram} computes. */
export interface LatentProgramOptions extends ImageInput {
  /** One dimension of the prior, where it has such; then `klByDimension` is among the outputs. */
  readonly marginal: Prior | null;
  readonly latentDim: number;
  /**
   * Draws for each of two independent estimates `first` and `second` of E[z|x];
   * 0 where the posterior's mean is exactly that, and there are no such outputs.
   */
  readonly draws: number;
  readonly seed: number;
}

/**
 * Of `pixels` (bytes), with `step`: `mean` and one draw `latent`, `[B, S]`; `kl`
 * `[B]` and, by options, `klByDimension` `[B, D]`, `first` and `second` `[B, S]`.
 */
export function latentProgram(
  { model, variables }: TrainedModel,
  options: LatentProgramOptions,
): ProgramSpec {
  const { batchSize, inputSize, marginal, latentDim, draws, seed } = options;
  const { prior } = model;
  return {
    variables,
    inputs: {
      pixels: { shape: [batchSize, inputSize], dtype: "uint8" },
      step: { shape: [], dtype: "int32" },
    },
    compute: (weights, { pixels, step }) => {
      const random = createRandom({ seed, step: step as Scalar });
      const images = tf.mul(pixels!, 1 / 255) as Tensor2D;
      const posterior = encode(model, weights, images);
      const latent = prior.sample(posterior, random);
      const outputs: NamedTensorMap = {
        mean: prior.posteriorMean(posterior),
        latent,
        kl: prior.klDivergence(posterior, {
          ...priorScope(model, weights),
          latent,
          random,
        }),
      };
      if (marginal !== null) {
        outputs["klByDimension"] = klByDimension(marginal, posterior, {
          latentDim,
          random,
        });
      }
      if (draws > 0) {
        outputs["first"] = meanOfDraws(prior, posterior, { draws, random });
        outputs["second"] = meanOfDraws(prior, posterior, { draws, random });
      }
      return outputs;
    },
  };
}

function meanOfDraws(
  prior: Prior,
  posterior: Posterior,
  { draws, random }: { readonly draws: number; readonly random: Random },
): Tensor2D {
  const drawn = prior.sample(repeatPosterior(posterior, draws), random);
  const [rows, width] = drawn.shape;
  return tf.mean(tf.reshape(drawn, [rows / draws, draws, width]), 1);
}

/** `latents` `[count, S]` from the prior, a batch for each `step`; with `images`, what the decoder makes of them, `[count, P]` in [0, 1]. */
export function priorProgram(
  { model, variables }: TrainedModel,
  options: {
    readonly count: number;
    readonly seed: number;
    readonly images?: boolean;
  },
): ProgramSpec {
  const { count, seed, images = false } = options;
  return {
    variables,
    inputs: { step: { shape: [], dtype: "int32" } },
    compute: (weights, { step }) => {
      const latents = model.prior.priorSample(
        count,
        createRandom({ seed, step: step as Scalar }),
        priorScope(model, weights),
      );
      return images
        ? { latents, images: decodedMeans(model, weights, latents) }
        : { latents };
    },
  };
}

/** `images` `[B, P]` in [0, 1]: reconstructions of `pixels` (bytes) by way of the posterior mean. */
export function reconstructionProgram(
  { model, variables }: TrainedModel,
  { batchSize, inputSize }: ImageInput,
): ProgramSpec {
  return {
    variables,
    inputs: { pixels: { shape: [batchSize, inputSize], dtype: "uint8" } },
    compute: (weights, { pixels }) => {
      const images = tf.mul(pixels!, 1 / 255) as Tensor2D;
      const posterior = encode(model, weights, images);
      return {
        images: decodedMeans(
          model,
          weights,
          model.prior.posteriorMean(posterior),
        ),
      };
    },
  };
}
