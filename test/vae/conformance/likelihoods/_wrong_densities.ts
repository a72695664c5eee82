/** Likelihoods whose log p(x|z) or its gradient is wrong. @module */

import { type Tensor2D, tf } from "../../../../core/mod.ts";
import { bernoulliWith, RIGHT } from "./_right.ts";
import type { Wrong } from "./_wrong_likelihood.ts";

/** By the checks `finite`, `normalised` and `gradient`. */
export const WRONG_DENSITIES: readonly Wrong[] = [
  {
    name: "takes the logarithm of a sigmoid",
    check: "finite",
    says: /^logProb of a pixel 0 gives (NaN|-Infinity) at raw logits=-?\d+/,
    make: () =>
      bernoulliWith({
        logProb: ({ logits }, images) => {
          const on = tf.sigmoid(logits!);
          return tf.sum(
            tf.add(
              tf.mul(images, tf.log(on)),
              tf.mul(tf.sub(1, images), tf.log(tf.sub(1, on))),
            ),
            1,
          );
        },
      }),
  },
  {
    name: "has a mean beyond 1",
    check: "finite",
    says: /^mean gives 20 at raw logits=20/,
    make: () => bernoulliWith({ mean: ({ logits }) => tf.relu(logits!) }),
  },
  {
    name: "leaves the normaliser out",
    check: "normalised",
    says: /^the integral of p\(x\) at raw logits=.* is/,
    make: () => bernoulliWith({ pixels: "unit" }),
  },
  {
    name: "halves its gradient",
    check: "gradient",
    says: /^the gradient by logits\[\d\]/,
    make: () =>
      bernoulliWith({
        logProb: ({ logits }, images, scope) => {
          const half = tf.customGrad((x) => ({
            value: tf.mul(x as Tensor2D, 1),
            gradFunc: (dy) => [tf.mul(dy, 0.5)],
          }));
          return RIGHT.logProb(
            { logits: half(logits!) as Tensor2D },
            images,
            scope,
          );
        },
      }),
  },
  {
    name: "has a parameter that does nothing",
    check: "gradient",
    says: /^the influence of spare on log p is 0/,
    make: () => bernoulliWith({ parameters: ["logits", "spare"] }),
  },
  {
    name: "learns what it does not read",
    check: "gradient",
    says: /^the influence of scale on log p is 0/,
    make: () =>
      bernoulliWith({
        learnt: { scale: { shape: [1], initial: () => [0] } },
      }),
  },
];
