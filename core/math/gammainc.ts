/**
 * The regularised lower incomplete gamma function and its inverse.
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

/**
 * The x with P(a, x) = p, for a > 0 and p in [0, 1], broadcast against each
 * other: the quantile function of Gamma(a, rate 1). Differentiable in both,
 * implicitly: dx/da = -(dP/da) / (dP/dx) (Figurnov, Mohamed and Mnih 2018, eq. 5).
 * With a well below 1 quantiles underflow: {@link logGammaincinv} has them.
 */
export function gammaincinv(a: TensorOrNumber, p: TensorOrNumber): Tensor {
  return tf.tidy(() => {
    const [shape, level] = toOneShape(a, p) as [Tensor, Tensor];
    return callKernel("Gammaincinv", { a: shape, p: level });
  });
}

/**
 * The logarithm of {@link gammaincinv}, exact where the quantile itself
 * underflows, with its gradients.
 */
export function logGammaincinv(a: TensorOrNumber, p: TensorOrNumber): Tensor {
  return tf.tidy(() => {
    const [shape, level] = toOneShape(a, p) as [Tensor, Tensor];
    return callKernel("LogGammaincinv", { a: shape, p: level });
  });
}
