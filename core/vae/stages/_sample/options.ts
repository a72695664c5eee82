/** Options of the `sample` stage. @module */

import * as v from "valibot";
import { count, weightsChoice } from "../_options.ts";

/** Options of the `sample` stage, with their defaults. */
export const sampleOptions = v.strictObject({
  generated: v.optional(
    v.pipe(count(), v.description("images to generate")),
    64,
  ),
  reconstructed: v.optional(
    v.pipe(
      count(),
      v.description("test images to reconstruct, from the first"),
    ),
    32,
  ),
  weights: weightsChoice(),
});

/** Validated options of the `sample` stage. */
export type SampleOptions = v.InferOutput<typeof sampleOptions>;
