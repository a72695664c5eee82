/** Options of the `latent_metrics` stage. @module */

import * as v from "valibot";
import { count, weightsChoice } from "../_options.ts";

/** Options of the `latent_metrics` stage, with their defaults. */
export const latentMetricsOptions = v.strictObject({
  trainImages: v.optional(
    v.pipe(
      count(0),
      v.description(
        "training images for the accuracies of k-NN and linear probe, from the first; 0 leaves these out",
      ),
    ),
    10_000,
  ),
  neighbours: v.optional(
    v.pipe(count(), v.description("neighbours k that vote for a label")),
    5,
  ),
  groups: v.optional(
    v.pipe(
      count(2),
      v.description(
        "parts of the test set that are compared with the prior by themselves; their spread is the error",
      ),
    ),
    10,
  ),
  directions: v.optional(
    v.pipe(
      count(),
      v.description("directions of the sliced Wasserstein distance, a group"),
    ),
    100,
  ),
  weights: weightsChoice(),
});

/** Validated options of the `latent_metrics` stage. */
export type LatentMetricsOptions = v.InferOutput<typeof latentMetricsOptions>;
