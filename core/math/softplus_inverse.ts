/**
 * The inverse of softplus.
 *
 * @module
 */

import { type Tensor, tf } from "../engine/tf.ts";
import { type TensorOrNumber, toFloat } from "./_arguments.ts";

/**
 * The x with softplus(x) = y, for y > 0: log(e^y - 1), written as
 * y + log(1 - e^-y), which neither overflows nor cancels.
 */
export function softplusInverse(y: TensorOrNumber): Tensor {
  return tf.tidy(() => {
    const value = toFloat(y);
    const rest = tf.neg(tf.expm1(tf.neg(value)));
    return tf.add(value, tf.log(rest));
  });
}
