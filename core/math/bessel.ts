/**
 * Modified Bessel functions of the first kind, as directional statistics needs
 * them: the normaliser of a von Mises and von Mises-Fisher density, and its mean.
 *
 * @module
 */

import { callKernel } from "../engine/kernels/call.ts";
import { type Tensor, tf } from "../engine/tf.ts";
import { type TensorOrNumber, toOneShape } from "./_arguments.ts";

/**
 * log(I_v(x) e^-x), for an order v >= 0 and x > 0, broadcast against each other:
 * finite for every such float32, where I_v overflows from x = 91 on.
 * Differentiable in x; the derivative is `besselRatio(v, x) + v / x - 1`, without
 * that difference.
 *
 * @throws {Error} when a gradient with respect to `v` is asked for
 */
export function logIv(v: TensorOrNumber, x: TensorOrNumber): Tensor {
  return tf.tidy(() => {
    const [order, at] = toOneShape(v, x) as [Tensor, Tensor];
    return callKernel("LogIv", { v: order, x: at });
  });
}

/**
 * I_{v+1}(x) / I_v(x), in (0, 1), for an order v >= 0 and x > 0, broadcast against
 * each other. With v = m/2 - 1 it is the mean resultant length of the von
 * Mises-Fisher distribution of concentration x on the sphere in m dimensions.
 * Differentiable in x; the derivative is 1 - r^2 - (2v + 1) r / x.
 *
 * @throws {Error} when a gradient with respect to `v` is asked for
 */
export function besselRatio(v: TensorOrNumber, x: TensorOrNumber): Tensor {
  return tf.tidy(() => {
    const [order, at] = toOneShape(v, x) as [Tensor, Tensor];
    return callKernel("BesselRatio", { v: order, x: at });
  });
}
