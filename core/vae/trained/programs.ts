/** What a model computes for scripts, as programs. @module */

import type { ProgramSpec } from "../../engine/program/program.ts";
import { type Tensor2D, tf } from "../../engine/tf.ts";
import {
  importanceProgram,
  type ImportanceProgramOptions,
} from "../model/importance_program.ts";
import {
  type ImageInput,
  reconstructionProgram,
} from "../model/latent_program.ts";
import { decodedMeans, encode } from "../model/network.ts";
import type { TrainedModel } from "../model/open_model.ts";

/** What precedes a parameter's name among the outputs of {@link encodeProgram}. */
export const PARAMETER = "parameter/";

/** `mean` `[B, S]` and each parameter of q(z|x) for `rows` `[B, P]`, 0 to 255. */
export function encodeProgram(
  { model, variables }: TrainedModel,
  { batchSize, inputSize }: ImageInput,
): ProgramSpec {
  return {
    variables,
    inputs: { rows: { shape: [batchSize, inputSize], dtype: "float32" } },
    compute: (weights, { rows }) => {
      const images = tf.mul(rows!, 1 / 255) as Tensor2D;
      const posterior = encode(model, weights, images);
      return {
        mean: model.prior.posteriorMean(posterior),
        ...Object.fromEntries(
          Object.entries(posterior).map(([name, parameter]) =>
            [PARAMETER + name, parameter] as const
          ),
        ),
      };
    },
  };
}

/** `images` `[B, P]` in [0, 1] for the latent vectors `rows` `[B, S]`. */
export function decodeProgram(
  { model, variables }: TrainedModel,
  { batchSize, latentWidth }: {
    readonly batchSize: number;
    readonly latentWidth: number;
  },
): ProgramSpec {
  return {
    variables,
    inputs: { rows: { shape: [batchSize, latentWidth], dtype: "float32" } },
    compute: (weights, { rows }) => ({
      images: decodedMeans(model, weights, rows as Tensor2D),
    }),
  };
}

/** `images` `[B, P]` in [0, 1] for `rows` `[B, P]`, 0 to 255, as `sample` redraws them. */
export function redrawProgram(
  trained: TrainedModel,
  input: ImageInput,
): ProgramSpec {
  return fedFloats(reconstructionProgram(trained, input));
}

/** `logWeights` and `logRatios` `[B, K]` for `rows` `[B, P]`, 0 to 255, and `step`, as `evaluate` weighs them. */
export function weighingProgram(
  options: ImportanceProgramOptions,
): ProgramSpec {
  return fedFloats(importanceProgram(options));
}

/** A stage's program of bytes, fed floats on the same scale: images need be no bytes. */
function fedFloats({ variables, inputs, compute }: ProgramSpec): ProgramSpec {
  const { pixels, ...others } = inputs;
  return {
    variables,
    inputs: {
      rows: { shape: pixels!.shape, dtype: "float32" },
      ...others,
    },
    compute: (weights, { rows, ...others }) =>
      compute(weights, { pixels: rows!, ...others }),
  };
}
