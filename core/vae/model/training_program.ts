/**
 * One training step as a program: binarisation, forward, backward, clipping
 * and Adam.
 *
 * @module
 */

import type {
  AdamSpec,
  InputSpec,
  ProgramSpec,
} from "../../engine/program/program.ts";
import { withGradients } from "../../engine/program/gradients.ts";
import { createRandom } from "../../engine/random.ts";
import { type Scalar, type Tensor2D, tf } from "../../engine/tf.ts";
import type { Prior } from "../plugin/prior.ts";
import type { Weights } from "./artifacts.ts";
import { type Binarization, binarize, elboTerms } from "./objective.ts";

/** What a training step is made of. */
export interface TrainingProgramOptions {
  readonly prior: Prior;
  /** Weights, and Adam's slots when training goes on. */
  readonly variables: Weights;
  readonly batchSize: number;
  readonly inputSize: number;
  readonly binarization: Binarization;
  readonly adam: AdamSpec;
  readonly clipNorm: number | null;
  /** Stream of the noise. */
  readonly seed: number;
}

const SCALAR: InputSpec = { shape: [], dtype: "float32" };

/**
 * The step. It is fed `pixels` (bytes), `step`, `klWeight` and Adam's
 * `learningRate`; it returns the batch's mean `loss`, `reconstruction` and `kl`.
 */
export function trainingProgram(options: TrainingProgramOptions): ProgramSpec {
  const { prior, variables, batchSize, inputSize, seed } = options;
  return {
    variables,
    adam: options.adam,
    inputs: {
      pixels: { shape: [batchSize, inputSize], dtype: "uint8" },
      step: { shape: [], dtype: "int32" },
      klWeight: SCALAR,
    },
    compute: (weights, { pixels, step, klWeight }) => {
      const random = createRandom({ seed, step: step as Scalar });
      const images = binarize(pixels as Tensor2D, options.binarization, random);
      return withGradients(
        (weights) => {
          const terms = elboTerms(prior, { weights, images, random });
          const reconstruction = tf.mean(terms.reconstruction) as Scalar;
          const kl = tf.mean(terms.kl) as Scalar;
          const loss = tf.add(reconstruction, tf.mul(klWeight!, kl)) as Scalar;
          return { loss, reconstruction, kl };
        },
        weights,
        options.clipNorm,
      );
    },
  };
}

/** The same terms for images whose gradient nobody wants: validation and test. */
export function evaluationProgram(
  options: Pick<
    TrainingProgramOptions,
    "prior" | "variables" | "batchSize" | "inputSize" | "binarization" | "seed"
  >,
): ProgramSpec {
  const { prior, variables, batchSize, inputSize, seed } = options;
  return {
    variables,
    inputs: {
      pixels: { shape: [batchSize, inputSize], dtype: "uint8" },
      step: { shape: [], dtype: "int32" },
    },
    compute: (weights, { pixels, step }) => {
      const random = createRandom({ seed, step: step as Scalar });
      const images = binarize(pixels as Tensor2D, options.binarization, random);
      const { reconstruction, kl } = elboTerms(prior, {
        weights,
        images,
        random,
      });
      return { reconstruction, kl };
    },
  };
}
