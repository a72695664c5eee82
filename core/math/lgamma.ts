/**
 * The logarithm of the gamma function.
 *
 * @module
 */

import { callKernel } from "../engine/kernels/call.ts";
import { type Tensor, tf } from "../engine/tf.ts";
import { type TensorOrNumber, toFloat } from "./_arguments.ts";

/**
 * log Gamma(x), element by element, for x > 0; its derivative is
 * {@link digamma}. NaN is not promised below 0: there the engines differ.
 */
export function lgamma(x: TensorOrNumber): Tensor {
  return tf.tidy(() => callKernel("Lgamma", { x: toFloat(x) }));
}
