/**
 * The logarithm of the logistic function.
 *
 * @module
 */

import { type Tensor, tf } from "../engine/tf.ts";
import { type TensorOrNumber, toFloat } from "./_arguments.ts";

/**
 * log(1 / (1 + e^-x)) = -softplus(-x): finite for every x, where the logarithm
 * of `tf.sigmoid` is -Infinity below -104.
 */
export function logSigmoid(x: TensorOrNumber): Tensor {
  return tf.tidy(() => tf.neg(tf.softplus(tf.neg(toFloat(x)))));
}
