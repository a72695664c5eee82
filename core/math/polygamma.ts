/**
 * The polygamma functions.
 *
 * @module
 */

import { callKernel } from "../engine/kernels/call.ts";
import { type Tensor, tf } from "../engine/tf.ts";
import { type TensorOrNumber, toFloat } from "./_arguments.ts";
import { digamma } from "./digamma.ts";
import { trigamma } from "./trigamma.ts";

/**
 * The `n`-th derivative of the digamma function, element by element, for x > 0:
 * {@link digamma} for n = 0, {@link trigamma} for n = 1. Its derivative is that
 * of order n + 1.
 *
 * @throws {Error} where `n` is not a whole number of at least 0
 */
export function polygamma(n: number, x: TensorOrNumber): Tensor {
  if (!Number.isInteger(n) || n < 0) {
    throw new Error(
      `Cannot compute polygamma(${n}, x): the order must be 0, 1, 2 ...`,
    );
  }
  if (n === 0) return digamma(x);
  if (n === 1) return trigamma(x);
  return tf.tidy(() => callKernel("Polygamma", { x: toFloat(x) }, { n }));
}
