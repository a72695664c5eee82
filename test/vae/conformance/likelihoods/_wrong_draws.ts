/** Likelihoods whose draws or mean are wrong. @module */

import { tf } from "../../../../core/mod.ts";
import { bernoulliWith } from "./_right.ts";
import type { Wrong } from "./_wrong_likelihood.ts";

/** By the checks `draws`, `mean` and `seeds`. */
export const WRONG_DRAWS: readonly Wrong[] = [
  {
    name: "draws from elsewhere",
    check: "seeds",
    says: /^sample differs from call to call/,
    make: () =>
      bernoulliWith({
        sample: ({ logits }) =>
          tf.cast(
            tf.less(tf.randomUniform(logits!.shape), tf.sigmoid(logits!)),
            "float32",
          ),
      }),
  },
  {
    name: "draws the likelier value",
    check: "draws",
    says: /^the distance of draws from log p at/,
    make: () =>
      bernoulliWith({
        sample: ({ logits }, random) =>
          tf.cast(
            tf.less(tf.mul(random.uniform(logits!.shape), 1e-3), logits!),
            "float32",
          ),
      }),
  },
  {
    name: "draws all pixels from one number",
    check: "draws",
    says: /^the correlation of two pixels at/,
    make: () =>
      bernoulliWith({
        sample: ({ logits }, random) =>
          tf.cast(
            tf.less(
              random.uniform([logits!.shape[0], 1]),
              tf.sigmoid(logits!),
            ),
            "float32",
          ),
      }),
  },
  {
    name: "draws grey pixels",
    check: "draws",
    says: /^a draw at .* is 0\.\d+, which no pixel "binary" is/,
    make: () => bernoulliWith({ sample: ({ logits }) => tf.sigmoid(logits!) }),
  },
  {
    name: "gives the mode",
    check: "mean",
    says: /^the mean at .* is [01], want/,
    make: () =>
      bernoulliWith({
        mean: ({ logits }) => tf.cast(tf.greater(logits!, 0), "float32"),
      }),
  },
];
