/**
 * Independent Bernoulli pixels, from logits: for images that are made binary.
 *
 * @module
 */

import {
  bernoulliNegativeLogLikelihood,
  defineLikelihood,
  type Tensor2D,
  tf,
  v,
} from "vae-priors";

export default defineLikelihood({
  name: "bernoulli",
  version: "1.0.0",
  apiVersion: 1,
  module: import.meta.url,
  description: "Binary pixels, each on with its own probability",
  options: v.strictObject({}),
  label: () => "Bernoulli",
  create: (_, { inputSize }) => ({
    pixels: "binary",
    parameters: ["logits"],
    logProb: ({ logits }, images) =>
      tf.neg(bernoulliNegativeLogLikelihood(logits!, images)),
    logProbOfDraws: ({ logits }, images) => {
      const [count] = images.shape;
      const draws = logits!.shape[0] / count;
      const byImage = tf.reshape(logits!, [count, draws, inputSize]);
      // sum_i x_i l_i is one small product an image; softplus is all that remains per pixel.
      const explained = tf.reshape(
        tf.matMul(byImage, tf.expandDims(images, 2)),
        [count, draws],
      );
      return tf.sub(explained, tf.sum(tf.softplus(byImage), 2)) as Tensor2D;
    },
    mean: ({ logits }) => tf.sigmoid(logits!),
    sample: ({ logits }, random) =>
      tf.cast(
        tf.less(random.uniform(logits!.shape), tf.sigmoid(logits!)),
        "float32",
      ),
  }),
});
