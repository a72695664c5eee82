/**
 * The logarithm of the beta function.
 *
 * @module
 */

import { callKernel } from "../engine/kernels/call.ts";
import { type Tensor, tf } from "../engine/tf.ts";
import { type TensorOrNumber, toOneShape } from "./_arguments.ts";

/**
 * log B(a, b) = log Gamma(a) + log Gamma(b) - log Gamma(a + b), for a, b > 0,
 * broadcast against each other. Computed in double, where the three terms do
 * not cancel for shapes up to 1e6; the derivatives are
 * {@link digammaDifference}, likewise.
 */
export function logBeta(a: TensorOrNumber, b: TensorOrNumber): Tensor {
  return tf.tidy(() => {
    const [first, second] = toOneShape(a, b) as [Tensor, Tensor];
    return callKernel("LogBeta", { a: first, b: second });
  });
}
