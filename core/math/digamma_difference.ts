/**
 * A difference of digamma functions without cancellation.
 *
 * @module
 */

import { callKernel } from "../engine/kernels/call.ts";
import { type Tensor, tf } from "../engine/tf.ts";
import { type TensorOrNumber, toOneShape } from "./_arguments.ts";

/**
 * psi(a) - psi(a + b), for a, b > 0, broadcast against each other: the mean of
 * log z under Beta(a, b), and the derivative of log B(a, b) with respect to a.
 * In float32 the two terms lose all digits once b is small beside a.
 */
export function digammaDifference(
  a: TensorOrNumber,
  b: TensorOrNumber,
): Tensor {
  return tf.tidy(() => {
    const [first, second] = toOneShape(a, b) as [Tensor, Tensor];
    return callKernel("DigammaDifference", { a: first, b: second });
  });
}
