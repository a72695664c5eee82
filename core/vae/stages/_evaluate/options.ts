/** Options of the `evaluate` stage. @module */

import * as v from "valibot";
import { count, weightsChoice } from "../_options.ts";

/** Options of the `evaluate` stage, with their defaults. */
export const evaluateOptions = v.strictObject({
  nllSamples: v.optional(
    v.pipe(
      count(),
      v.description("importance samples K for each image of the NLL"),
    ),
    500,
  ),
  nllSweep: v.optional(
    v.pipe(
      v.array(count()),
      v.description(
        "fewer samples K to show the NLL at, from the same draws; empty for none",
      ),
    ),
    [1, 5, 50],
  ),
  nllImages: v.optional(
    v.pipe(
      count(0),
      v.description("test images for the NLL, from the first; 0 leaves it out"),
    ),
    2000,
  ),
  weights: weightsChoice(),
});

/** Validated options of the `evaluate` stage. */
export type EvaluateOptions = v.InferOutput<typeof evaluateOptions>;
