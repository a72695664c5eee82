/**
 * The regularised incomplete beta function.
 *
 * @module
 */

import { callKernel } from "../engine/kernels/call.ts";
import { type Tensor, tf } from "../engine/tf.ts";
import { type TensorOrNumber, toOneShape } from "./_arguments.ts";

/** Arguments of {@link betainc}, broadcast against each other. */
export interface BetaincShapes {
  /** Exponent of z, above 0. */
  readonly a: TensorOrNumber;
  /** Exponent of 1 - z, above 0. */
  readonly b: TensorOrNumber;
}

/**
 * I_x(a, b), the distribution function of Beta(a, b), for x in [0, 1].
 * Differentiable in x only.
 *
 * @throws {Error} when a gradient with respect to `a` or `b` is asked for
 */
export function betainc(x: TensorOrNumber, { a, b }: BetaincShapes): Tensor {
  return tf.tidy(() => {
    const [bound, first, second] = toOneShape(x, a, b) as [
      Tensor,
      Tensor,
      Tensor,
    ];
    return callKernel("Betainc", { a: first, b: second, x: bound });
  });
}
