/** A likelihood that is right, and such as differ from it. @module */

import {
  bernoulliNegativeLogLikelihood,
  defineLikelihood,
  type Likelihood,
  type LikelihoodPlugin,
  tf,
  v,
} from "../../../../core/mod.ts";

/** Binary pixels with the members of `change` in place of the right ones. */
export function bernoulliWith(
  change: Partial<Likelihood> = {},
  identity: { readonly description?: string } = {},
): LikelihoodPlugin {
  return defineLikelihood({
    name: "made_up",
    version: "1.0.0",
    apiVersion: 1,
    module: import.meta.url,
    description: "For a test",
    options: v.strictObject({}),
    ...identity,
    create: () => ({ ...RIGHT, ...change }),
  });
}

/** Binary pixels. */
export const RIGHT: Likelihood = {
  pixels: "binary",
  parameters: ["logits"],
  logProb: ({ logits }, images) =>
    tf.neg(bernoulliNegativeLogLikelihood(logits!, images)),
  mean: ({ logits }) => tf.sigmoid(logits!),
  sample: ({ logits }, random) =>
    tf.cast(
      tf.less(random.uniform(logits!.shape), tf.sigmoid(logits!)),
      "float32",
    ),
};
