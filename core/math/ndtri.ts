/**
 * The standard normal quantile function.
 *
 * @module
 */

import { callKernel } from "../engine/kernels/call.ts";
import { type Tensor, tf } from "../engine/tf.ts";
import { type TensorOrNumber, toFloat } from "./_arguments.ts";

/**
 * Phi^-1(p) for p in [0, 1]; -Infinity at 0, Infinity at 1. The inverse of
 * {@link ndtr}.
 */
export function ndtri(p: TensorOrNumber): Tensor {
  return tf.tidy(() => callKernel("Ndtri", { p: toFloat(p) }));
}
