/** Options of the `classifier` stage. @module */

import * as v from "valibot";
import { count, layerWidths } from "../_options.ts";

/** Options of the `classifier` stage, with their defaults. */
export const classifierOptions = v.strictObject({
  hidden: v.optional(
    v.pipe(
      layerWidths(),
      v.description(
        "widths of the hidden layers; the outputs of the last are the features",
      ),
    ),
    [256, 128],
  ),
  epochs: v.optional(
    v.pipe(count(), v.description("passes over the training images")),
    5,
  ),
  batchSize: v.optional(v.pipe(count(), v.description("images a step")), 128),
  seed: v.optional(
    v.pipe(
      count(0),
      v.description(
        "of weights and order; not the trial's, for all trials are judged by one classifier",
      ),
    ),
    0,
  ),
});

/** Validated options of the `classifier` stage. */
export type ClassifierOptions = v.InferOutput<typeof classifierOptions>;
