/** Options of the `explore` stage. @module */

import * as v from "valibot";
import { count, weightsChoice } from "../_options.ts";

/** Options of the `explore` stage, with their defaults. */
export const exploreOptions = v.strictObject({
  images: v.optional(
    v.pipe(count(), v.description("test images to encode, from the first")),
    5000,
  ),
  draws: v.optional(
    v.pipe(
      count(1000),
      v.description("draws of the prior, for its quantiles"),
    ),
    10_000,
  ),
  weights: weightsChoice(),
});

/** Validated options of the `explore` stage. */
export type ExploreOptions = v.InferOutput<typeof exploreOptions>;
