/**
 * The regularised incomplete beta function and its inverse.
 *
 * @module
 */

import { callKernel, type KernelName } from "../engine/kernels/call.ts";
import { type Tensor, tf } from "../engine/tf.ts";
import { type TensorOrNumber, toOneShape } from "./_arguments.ts";

/** Shapes of a Beta distribution, broadcast against each other. */
export interface BetaShapes {
  /** Exponent of z, above 0. */
  readonly a: TensorOrNumber;
  /** Exponent of 1 - z, above 0. */
  readonly b: TensorOrNumber;
}

/**
 * I_x(a, b), the distribution function of Beta(a, b), for x in [0, 1].
 * Differentiable in all three.
 */
export function betainc(x: TensorOrNumber, shapes: BetaShapes): Tensor {
  return call("Betainc", "x", x, shapes);
}

/**
 * The x with I_x(a, b) = p, for p in [0, 1]: the quantile function of Beta(a, b).
 * Differentiable in all three, implicitly: dx/da = -(dI/da) / (dI/dx) (Figurnov,
 * Mohamed and Mnih 2018, eq. 5). Where a or b is well below 1, quantiles are
 * closer to 0 and 1 than float32 tells apart: {@link logitBetaincinv} has them.
 */
export function betaincinv(p: TensorOrNumber, shapes: BetaShapes): Tensor {
  return call("Betaincinv", "p", p, shapes);
}

/**
 * log(x / (1 - x)) of the quantile x = {@link betaincinv}: exact where x itself
 * underflows or rounds to 1, with its gradients. A p next to 1 is rounded;
 * quantiles there are `-logitBetaincinv(1 - p, { a: b, b: a })` with the small
 * 1 - p.
 */
export function logitBetaincinv(
  p: TensorOrNumber,
  shapes: BetaShapes,
): Tensor {
  return call("LogitBetaincinv", "p", p, shapes);
}

function call(
  name: KernelName,
  input: "x" | "p",
  value: TensorOrNumber,
  { a, b }: BetaShapes,
): Tensor {
  return tf.tidy(() => {
    const [at, first, second] = toOneShape(value, a, b) as [
      Tensor,
      Tensor,
      Tensor,
    ];
    return callKernel(name, { a: first, b: second, [input]: at });
  });
}
