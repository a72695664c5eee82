/**
 * The logarithm of a number near one.
 *
 * @module
 */

import { callKernel } from "../engine/kernels/call.ts";
import { type Tensor, tf } from "../engine/tf.ts";
import { type TensorOrNumber, toFloat } from "./_arguments.ts";

/** log(1 + x), exact to rounding where x is small on every engine, which
 * `tf.log1p` is not. */
export function log1p(x: TensorOrNumber): Tensor {
  return tf.tidy(() => callKernel("PreciseLog1p", { x: toFloat(x) }));
}
