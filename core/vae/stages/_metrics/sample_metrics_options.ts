/** Options of the `sample_metrics` stage. @module */

import * as v from "valibot";
import { count, weightsChoice } from "../_options.ts";

/** Options of the `sample_metrics` stage, with their defaults. */
export const sampleMetricsOptions = v.strictObject({
  samples: v.optional(
    v.pipe(
      count(2),
      v.description(
        "images to generate, and test images to compare them with, from the first; never more than there are",
      ),
    ),
    5000,
  ),
  neighbours: v.optional(
    v.pipe(
      count(),
      v.description(
        "neighbours k that make the manifolds of precision and recall",
      ),
    ),
    3,
  ),
  copyingImages: v.optional(
    v.pipe(
      count(),
      v.description(
        "samples to look up among all training images, and as many reconstructions to compare with",
      ),
    ),
    200,
  ),
  weights: weightsChoice(),
});

/** Validated options of the `sample_metrics` stage. */
export type SampleMetricsOptions = v.InferOutput<typeof sampleMetricsOptions>;
