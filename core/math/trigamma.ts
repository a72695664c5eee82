/**
 * The trigamma function.
 *
 * @module
 */

import { callKernel } from "../engine/kernels/call.ts";
import { type Tensor, tf } from "../engine/tf.ts";
import { type TensorOrNumber, toFloat } from "./_arguments.ts";

/**
 * psi'(x), element by element, for x > 0: the derivative of digamma. It can be
 * differentiated once.
 */
export function trigamma(x: TensorOrNumber): Tensor {
  return tf.tidy(() => callKernel("Trigamma", { x: toFloat(x) }));
}
