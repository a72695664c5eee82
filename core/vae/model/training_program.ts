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
import type { Objective } from "../plugin/objective.ts";
import type { Weights } from "./artifacts.ts";
import { type Binarization, binarize } from "./binarize.ts";
import { elboTerms } from "./elbo.ts";
import type { Model } from "./model.ts";
import { type ObjectiveExtras, objectiveModel } from "./objective_model.ts";

/** What a training step is made of. */
export interface TrainingProgramOptions extends ObjectiveExtras {
  readonly model: Model;
  readonly objective: Objective;
  /** Weights, and Adam's slots when training goes on. */
  readonly variables: Weights;
  readonly batchSize: number;
  readonly inputSize: number;
  readonly binarization: Binarization;
  readonly adam: AdamSpec;
  readonly clipNorm: number | null;
  /** Stream of the noise. */
  readonly seed: number;
  /** Bytes of all images, of which a step is told the numbers; without, it is fed their pixels. */
  readonly images?: Uint8Array;
}

const SCALAR: InputSpec = { shape: [], dtype: "float32" };

/**
 * The step. It is fed `pixels` (bytes, or numbers of images), `step`, the objective's rates and Adam's
 * `learningRate`; it returns the batch's mean `loss`, `reconstruction` and `kl`.
 */
export function trainingProgram(options: TrainingProgramOptions): ProgramSpec {
  const { model, objective, variables, batchSize, inputSize, seed } = options;
  const { images } = options;
  const names = Object.keys(objective.rates ?? {});
  return {
    variables,
    adam: options.adam,
    inputs: {
      pixels: {
        shape: [batchSize, inputSize],
        dtype: "uint8",
        ...(images === undefined ? {} : { rowsOf: images }),
      },
      step: { shape: [], dtype: "int32" },
      ...Object.fromEntries(names.map((name) => [name, SCALAR])),
    },
    compute: (weights, { pixels, step, ...fed }) => {
      const random = createRandom({ seed, step: step as Scalar });
      const images = binarize(pixels as Tensor2D, options.binarization, random);
      const rates = Object.fromEntries(
        names.map((name) => [name, fed[name] as Scalar]),
      );
      return withGradients(
        (weights) => {
          const inputs = { weights, images, random };
          const { loss, reconstruction, kl } = objective.terms(
            objectiveModel(model, inputs, options),
            rates,
          );
          return {
            loss,
            reconstruction: tf.mean(reconstruction) as Scalar,
            kl: tf.mean(kl) as Scalar,
          };
        },
        weights,
        options.clipNorm,
      );
    },
  };
}

/** The ELBO's terms of images whose gradient nobody wants: validation and test. */
export function evaluationProgram(
  options: Pick<
    TrainingProgramOptions,
    "model" | "variables" | "batchSize" | "inputSize" | "binarization" | "seed"
  >,
): ProgramSpec {
  const { model, variables, batchSize, inputSize, seed } = options;
  return {
    variables,
    inputs: {
      pixels: { shape: [batchSize, inputSize], dtype: "uint8" },
      step: { shape: [], dtype: "int32" },
    },
    compute: (weights, { pixels, step }) => {
      const random = createRandom({ seed, step: step as Scalar });
      const images = binarize(pixels as Tensor2D, options.binarization, random);
      const { reconstruction, kl } = elboTerms(model, {
        weights,
        images,
        random,
      });
      return { reconstruction, kl };
    },
  };
}
