/** Likelihoods that are not what the contract says of a call. @module */

import { real, tf } from "../../../../core/mod.ts";
import { bernoulliWith, RIGHT } from "./_right.ts";
import type { Wrong } from "./_wrong_likelihood.ts";

/** By the other checks. */
export const WRONG_CALLS: readonly Wrong[] = [
  {
    name: "says nothing of itself",
    check: "contract",
    says: /^description is ""/,
    make: () => bernoulliWith({}, { description: "" }),
  },
  {
    name: "gives a support of binary pixels",
    check: "contract",
    says: /^support is given/,
    make: () => bernoulliWith({ support: real }),
  },
  {
    name: "sums over the batch",
    check: "shapes",
    says: /logProb gives shape \[\], want \[1\]/,
    make: () =>
      bernoulliWith({
        logProb: (...given) => tf.sum(RIGHT.logProb(...given)) as never,
      }),
  },
  {
    name: "centres the batch",
    check: "rows",
    says: /^logProb of image \d, the others left out, is/,
    make: () =>
      bernoulliWith({
        logProb: ({ logits }, images, scope) =>
          RIGHT.logProb(
            { logits: tf.sub(logits!, tf.mean(logits!, 0, true)) },
            images,
            scope,
          ),
      }),
  },
  {
    name: "has the draws of an image apart",
    check: "draws-of-rows",
    says: /^(the gradient of )?logProbOfDraws is/,
    make: () =>
      bernoulliWith({
        logProbOfDraws: ({ logits }, images, scope) => {
          const [count] = images.shape;
          const draws = logits!.shape[0] / count;
          return tf.reshape(
            RIGHT.logProb(
              { logits: logits! },
              tf.tile(images, [draws, 1]),
              scope,
            ),
            [count, draws],
          );
        },
      }),
  },
  {
    name: "keeps what it makes",
    check: "leaks",
    says: /^mean keeps 1 tensors at each call/,
    make: () =>
      bernoulliWith({
        mean: ({ logits }) => tf.sigmoid(tf.keep(tf.add(logits!, 0))),
      }),
  },
  {
    name: "counts its calls",
    check: "compiled",
    says: /^(logProb|slope) at step \d is/,
    make: () => {
      let calls = 0;
      return bernoulliWith({
        logProb: (...given) =>
          tf.mul(RIGHT.logProb(...given), calls++ < 2 ? 0.5 : 1),
      });
    },
  },
];
