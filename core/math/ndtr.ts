/**
 * The standard normal distribution function.
 *
 * @module
 */

import { callKernel } from "../engine/kernels/call.ts";
import { type Tensor, tf } from "../engine/tf.ts";
import { type TensorOrNumber, toFloat } from "./_arguments.ts";

/**
 * Phi(x), the chance that a standard normal draw is below x; accurate
 * relative to its size down to x = -12.
 */
export function ndtr(x: TensorOrNumber): Tensor {
  return tf.tidy(() => callKernel("Ndtr", { x: toFloat(x) }));
}
