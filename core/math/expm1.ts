/**
 * The exponential function less one.
 *
 * @module
 */

import { type Tensor, tf } from "../engine/tf.ts";
import { type TensorOrNumber, toFloat } from "./_arguments.ts";

/** e^x - 1, exact to rounding where x is small. */
export function expm1(x: TensorOrNumber): Tensor {
  return tf.tidy(() => tf.expm1(toFloat(x)));
}
