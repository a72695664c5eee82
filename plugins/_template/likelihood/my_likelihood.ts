/**
 * The likelihood my_likelihood: binary pixels, some of them flipped, to begin
 * with. Make it yours from top to bottom, wherever it says "Change", and after
 * each change ask
 *
 *     vae-priors check ./my_likelihood.ts
 *
 * Say here where each formula comes from: author, year, equation.
 *
 * @module
 */

import { defineLikelihood, type Tensor2D, tf, v } from "vae-priors";

/** The likelihood my_likelihood(flip): a Bernoulli behind a binary symmetric channel. */
export default defineLikelihood({
  name: "my_likelihood",
  version: "0.1.0",
  apiVersion: 1,
  module: import.meta.url,
  // Change: one line for `vae-priors list`.
  description: "Binary pixels, some of them flipped",
  // Change: what a config may set. Each has a default, and bounds that hold.
  options: v.strictObject({
    flip: v.optional(
      v.pipe(
        v.number(),
        v.minValue(0.001),
        v.maxValue(0.4),
        v.description("probability that a pixel is the other one"),
      ),
      0.01,
    ),
  }),
  label: ({ flip }) => `MyLikelihood(${flip})`,
  create: ({ flip }) => ({
    // Change: "binary" for pixels 0 and 1, "unit" for a density on [0, 1],
    // "bytes" for the mass of the grey levels k / 255.
    pixels: "binary",
    // Change: what the decoder gives for each pixel, any real number.
    parameters: ["logits"],
    // Change: log p(x|z) in nats, summed over the pixels: `[B]`.
    logProb: ({ logits }, images) => {
      const on = probability(logits!, flip);
      const off = probability(tf.neg(logits!), flip);
      return tf.sum(
        tf.log(tf.add(tf.mul(images, on), tf.mul(tf.sub(1, images), off))),
        1,
      );
    },
    // Change: the mean of p(x|z), `[B, P]` in [0, 1].
    mean: ({ logits }) => probability(logits!, flip),
    // Change: draws of p(x|z). All that is random comes from `random`.
    sample: ({ logits }, random) =>
      tf.cast(
        tf.less(random.uniform(logits!.shape), probability(logits!, flip)),
        "float32",
      ),
  }),
});

/** That a pixel is on, f + (1 - 2 f) sigmoid(l). */
function probability(logits: Tensor2D, flip: number): Tensor2D {
  return tf.add(flip, tf.mul(1 - 2 * flip, tf.sigmoid(logits)));
}
