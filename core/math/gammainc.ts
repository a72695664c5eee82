/**
 * The regularised lower incomplete gamma function.
 *
 * @module
 */

import { callKernel } from "../engine/kernels/call.ts";
import { type Tensor, tf } from "../engine/tf.ts";
import { type TensorOrNumber, toOneShape } from "./_arguments.ts";

/**
 * P(a, x) = 1/Gamma(a) * integral of t^(a-1) e^-t from 0 to x, for a > 0 and
 * x >= 0, broadcast against each other: the distribution function of
 * Gamma(a, rate 1). Differentiable in both.
 */
export function gammainc(a: TensorOrNumber, x: TensorOrNumber): Tensor {
  return tf.tidy(() => {
    const [shape, bound] = toOneShape(a, x) as [Tensor, Tensor];
    return callKernel("Gammainc", { a: shape, x: bound });
  });
}
