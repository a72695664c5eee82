/**
 * The continuous Bernoulli of pixels from 0 to 1 (Loaiza-Ganem and Cunningham
 * 2019, section 3): its density is proportional to e^(l x), with the normaliser
 * that a cross-entropy of grey pixels leaves out.
 *
 * @module
 */

import {
  defineLikelihood,
  expm1,
  log1p,
  type Tensor2D,
  tf,
  v,
} from "vae-priors";
import { logSinhc } from "./_log_sinhc.ts";

export default defineLikelihood({
  name: "continuous_bernoulli",
  version: "1.0.0",
  apiVersion: 1,
  module: import.meta.url,
  description: "Pixels from 0 to 1, by a density that is exponential in each",
  options: v.strictObject({}),
  label: () => "Continuous Bernoulli",
  create: (_, { inputSize }) => ({
    pixels: "unit",
    parameters: ["logits"],
    // log p = l x - log((e^l - 1) / l) = l (x - 1/2) - log(sinh(l/2) / (l/2)).
    logProb: ({ logits }, images) =>
      tf.sum(
        tf.sub(tf.mul(logits!, tf.sub(images, 0.5)), logSinhc(logits!)),
        1,
      ),
    logProbOfDraws: ({ logits }, images) => {
      const [count] = images.shape;
      const draws = logits!.shape[0] / count;
      // sum_i l_i (x_i - 1/2) is one small product an image.
      const explained = tf.matMul(
        tf.reshape(logits!, [count, draws, inputSize]),
        tf.expandDims(tf.sub(images, 0.5), 2),
      );
      return tf.sub(
        tf.reshape(explained, [count, draws]),
        tf.reshape(tf.sum(logSinhc(logits!), 1), [count, draws]),
      ) as Tensor2D;
    },
    mean: ({ logits }) => mean(logits!),
    sample: ({ logits }, random) =>
      quantile(logits!, random.uniform(logits!.shape) as Tensor2D),
  }),
});

/** Below this size the mean is had by its series: the next term is 5e-8 there. */
const NEAR = 1;
/** Below this size, and above 0, the quantile is that of the uniform distribution to rounding. */
const FLAT = 1e-6;

/** 1 / (1 - e^-l) - 1 / l (their eq. 8, in the logits); 1/2 at 0. */
function mean(logits: Tensor2D): Tensor2D {
  const size = tf.abs(logits);
  const far = tf.maximum(size, NEAR);
  // Of -|l|, where it is near to 0 and no digits are lost.
  const low = tf.sub(tf.div(1, far), tf.div(1, expm1(far))) as Tensor2D;
  const square = tf.square(logits);
  // l / 12 - l^3 / 720 + l^5 / 30240 - l^7 / 1209600.
  const series = tf.mul(
    logits,
    [-1 / 1209600, 1 / 30240, -1 / 720].reduce<Tensor2D>(
      (sum, term) => tf.mul(square, tf.add(sum, term)),
      tf.zerosLike(square),
    ).add(1 / 12),
  );
  return tf.where(
    tf.less(size, NEAR),
    tf.add(0.5, series),
    tf.where(tf.less(logits, 0), low, tf.sub(1, low)),
  ) as Tensor2D;
}

/** F^-1(u) = log(1 + u (e^l - 1)) / l, by that of -|l|: its mirror image where l > 0. */
function quantile(logits: Tensor2D, uniform: Tensor2D): Tensor2D {
  const size = tf.maximum(tf.abs(logits), FLAT);
  const low = tf.minimum(
    tf.div(
      tf.neg(log1p(tf.mul(uniform, expm1(tf.neg(size))))),
      size,
    ),
    1,
  ) as Tensor2D;
  return tf.where(tf.less(logits, 0), low, tf.sub(1, low)) as Tensor2D;
}
