/** A likelihood that is right, and such as have one thing wrong each. @module */

import {
  bernoulliNegativeLogLikelihood,
  defineLikelihood,
  type Likelihood,
  type LikelihoodPlugin,
  real,
  type Tensor2D,
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

const RIGHT: Likelihood = {
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

/** What is wrong, the check that is for this, and what it says. */
export interface Wrong {
  readonly name: string;
  readonly check: string;
  readonly says: RegExp;
  make(): LikelihoodPlugin;
}

/** All of them. */
export const WRONG: readonly Wrong[] = [
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
  {
    name: "leaves the normaliser out",
    check: "normalised",
    says: /^the integral of p\(x\) at raw logits=.* is/,
    make: () => bernoulliWith({ pixels: "unit" }),
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
