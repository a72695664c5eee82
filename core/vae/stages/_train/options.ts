/** Options of the `train` stage. @module */

import * as v from "valibot";
import { count } from "../_options.ts";

const positiveNumber = () => v.pipe(v.number(), v.finite(), v.gtValue(0));
const share = () => v.pipe(v.number(), v.minValue(0), v.maxValue(1));
const decayRate = () => v.pipe(v.number(), v.minValue(0), v.ltValue(1));

/** Options of the `train` stage, with their defaults. */
export const trainOptions = v.strictObject({
  epochs: v.optional(
    v.pipe(count(), v.description("passes over the training images")),
    20,
  ),
  batchSize: v.optional(v.pipe(count(), v.description("images a step")), 128),
  learningRate: v.optional(
    v.pipe(
      positiveNumber(),
      v.description("Adam's learning rate at the start"),
    ),
    1e-3,
  ),
  schedule: v.optional(
    v.pipe(
      v.picklist(["constant", "linear", "cosine", "cooldown"]),
      v.description(
        "course of the learning rate; cooldown falls over the last fifth alone",
      ),
    ),
    "constant",
  ),
  finalShare: v.optional(
    v.pipe(
      share(),
      v.description(
        "share of the learning rate left at the end, where it falls",
      ),
    ),
    0,
  ),
  clipNorm: v.optional(
    v.pipe(
      v.nullable(positiveNumber()),
      v.description("largest global norm of the gradient; null: no limit"),
    ),
    null,
  ),
  binarization: v.optional(
    v.pipe(
      v.picklist(["dynamic", "threshold", "grey"]),
      v.description(
        "how grey pixels become binary, for likelihoods of such: drawn anew each time, cut at one half, or left grey (no likelihood)",
      ),
    ),
    "dynamic",
  ),
  validation: v.optional(
    v.pipe(
      count(0),
      v.description(
        "training images held out, from the end, to choose the best epoch",
      ),
    ),
    0,
  ),
  patience: v.optional(
    v.pipe(
      v.nullable(count()),
      v.description(
        "epochs without a better validation loss after which training stops early; null: never",
      ),
    ),
    null,
  ),
  adam: v.optional(
    v.pipe(
      v.strictObject({
        beta1: v.optional(
          v.pipe(
            decayRate(),
            v.description("decay rate of the mean gradient, at each step"),
          ),
          0.9,
        ),
        beta2: v.optional(
          v.pipe(
            decayRate(),
            v.description("decay rate of the mean squared gradient"),
          ),
          0.999,
        ),
        epsilon: v.optional(
          v.pipe(
            positiveNumber(),
            v.description("added to the root of the mean squared gradient"),
          ),
          1e-8,
        ),
      }),
      v.description("Adam's other constants"),
    ),
    {},
  ),
  compile: v.optional(
    v.pipe(
      v.boolean(),
      v.description(
        "compile the step where the engine can; false runs it operation by operation",
      ),
    ),
    true,
  ),
});

/** Validated options of the `train` stage. */
export type TrainOptions = v.InferOutput<typeof trainOptions>;
