/**
 * The importance weights of a batch of images as a program.
 *
 * @module
 */

import type { ProgramSpec } from "../../engine/program/program.ts";
import { createRandom } from "../../engine/random.ts";
import { type Scalar, type Tensor2D, tf } from "../../engine/tf.ts";
import type { Weights } from "./artifacts.ts";
import { type DenseModel, logImportanceWeights } from "./importance.ts";

/** What the program is made of. */
export interface ImportanceProgramOptions {
  readonly model: DenseModel;
  readonly variables: Weights;
  readonly batchSize: number;
  readonly inputSize: number;
  /** Draws for each image in one run. */
  readonly samples: number;
  readonly seed: number;
}

/** Fed `pixels` (bytes) and `step`, returns `logWeights` and `logRatios` `[B, K]`. */
export function importanceProgram(
  options: ImportanceProgramOptions,
): ProgramSpec {
  const { model, variables, batchSize, inputSize, samples, seed } = options;
  return {
    variables,
    inputs: {
      pixels: { shape: [batchSize, inputSize], dtype: "uint8" },
      step: { shape: [], dtype: "int32" },
    },
    compute: (weights, { pixels, step }) => ({
      ...logImportanceWeights(model, {
        weights,
        images: tf.mul(pixels!, 1 / 255) as Tensor2D,
        samples,
        random: createRandom({ seed, step: step as Scalar }),
      }),
    }),
  };
}
