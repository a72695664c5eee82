/**
 * The digamma function.
 *
 * @module
 */

import { callKernel } from "../engine/kernels/call.ts";
import { type Tensor, tf } from "../engine/tf.ts";
import { type TensorOrNumber, toFloat } from "./_arguments.ts";

/**
 * psi(x) = d log Gamma(x) / dx, element by element, for x > 0; its derivative
 * is {@link trigamma}.
 */
export function digamma(x: TensorOrNumber): Tensor {
  return tf.tidy(() => callKernel("Digamma", { x: toFloat(x) }));
}
