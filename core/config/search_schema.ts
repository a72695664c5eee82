/** What `search` of a config looks like. @module */

import * as v from "valibot";

const whole = (least: number) =>
  v.pipe(v.number(), v.integer(), v.minValue(least));

/** Numbers from one to another. */
export const rangeSchema = v.strictObject({
  from: v.pipe(v.number(), v.finite(), v.description("the smallest number")),
  to: v.pipe(v.number(), v.finite(), v.description("the largest number")),
  scale: v.optional(
    v.pipe(
      v.picklist(["linear", "log"]),
      v.description("whether numbers are spread evenly, or their logarithms"),
    ),
    "linear",
  ),
  whole: v.optional(
    v.pipe(v.boolean(), v.description("whole numbers alone")),
    false,
  ),
});

/** Options whose values are to be found, and how. */
export const searchSchema = v.strictObject({
  values: v.pipe(
    v.record(
      v.string(),
      v.union([v.pipe(v.array(v.unknown()), v.nonEmpty()), rangeSchema]),
    ),
    v.description(
      "by an option of a stage, train.learningRate, a list of values or a range",
    ),
  ),
  budget: v.optional(
    v.pipe(
      whole(1),
      v.description(
        "settings that each configuration tries; default all combinations of lists",
      ),
    ),
  ),
  rungs: v.optional(
    v.pipe(
      v.array(whole(1)),
      v.nonEmpty(),
      v.description(
        "epochs after which settings are told apart; default train.epochs and fewer",
      ),
    ),
  ),
  reduction: v.optional(
    v.pipe(
      whole(2),
      v.description("of so many settings of a rung the best one goes on"),
    ),
    4,
  ),
  seed: v.optional(
    v.pipe(whole(0), v.description("of the draws from ranges")),
    0,
  ),
  stage: v.optional(
    v.pipe(
      v.string(),
      v.description(
        "the stage by which settings are told apart, where several can",
      ),
    ),
  ),
});

/** The key, read. */
export type SearchKey = v.InferOutput<typeof searchSchema>;
