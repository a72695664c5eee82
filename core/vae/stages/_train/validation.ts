/** The loss of images that are held out of a training. @module */

import { createProgram } from "../../../engine/program/create.ts";
import { withoutSlots } from "../../../engine/program/program.ts";
import { deriveSeed } from "../../../engine/random.ts";
import type { Vae, Weights } from "../../model/artifacts.ts";
import { batchStarts } from "../../model/batches.ts";
import { evaluationProgram } from "../../model/training_program.ts";
import type { ModelContext } from "../_context.ts";
import { requireTerms } from "../_finite.ts";
import type { Binarization } from "../../model/binarize.ts";
import type { Model } from "../../model/model.ts";
import type { TrainOptions } from "./options.ts";

/** Images of a batch. */
const BATCH = 128;

/** What a validation is made of. */
export interface ValidationOptions {
  /** Bytes of the images that are held out. */
  readonly held: Uint8Array;
  readonly model: Model;
  readonly binarization: Binarization;
  readonly vae: Vae;
  readonly options: TrainOptions;
  readonly context: ModelContext;
}

/** A program that is compiled once and measures after each epoch. */
export interface Validation {
  /** Negative ELBO of the held-out images under these variables. */
  measure(variables: Weights): { readonly validation: number };
  dispose(): void;
}

/** Prepares the validation; null where no images are held out. */
export function createValidation(
  { held, model, binarization, vae, options, context }: ValidationOptions,
): Validation | null {
  const size = vae.architecture.inputSize;
  const count = options.validation;
  if (count === 0) return null;
  // Not the training's: losses compare between trainings of any batch size.
  const batchSize = Math.min(count, BATCH);
  const program = createProgram(
    evaluationProgram({
      model,
      variables: vae.weights,
      batchSize,
      inputSize: size,
      binarization,
      seed: deriveSeed(context.seed, "validation"),
    }),
    { compile: options.compile },
  );
  return {
    measure: (variables) => {
      program.assign(withoutSlots(variables));
      let sum = 0;
      let seen = 0;
      for (const [step, start] of batchStarts(count, batchSize).entries()) {
        const pixels = held.subarray(start * size, (start + batchSize) * size);
        const terms = program.run({ pixels, step });
        const [reconstruction, kl] = [terms["reconstruction"]!, terms["kl"]!];
        requireTerms({ reconstruction, kl }, {
          images: "images held out",
          when: "after an epoch",
          context: { ...context, stage: "train" },
        });
        // Of the last batch, what the one before had, too, counts once.
        for (let i = seen - start; i < batchSize; i++) {
          sum += reconstruction[i]! + kl[i]!;
        }
        seen = start + batchSize;
      }
      return { validation: sum / count };
    },
    dispose: () => program.dispose(),
  };
}
