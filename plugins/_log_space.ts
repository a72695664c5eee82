/**
 * Ways out of log space and back that float32 survives.
 *
 * @module
 */

import { expm1, log1p, type Tensor, type Tensor2D, tf } from "../core/mod.ts";
import { endAt } from "./_ends.ts";

/** The logarithm of what {@link fromLog} gives at most, and less at least. */
export const LARGEST_LOG = 80;

/** The lower end of what {@link fromLog} gives. */
export const LEAST = endAt(Math.exp(-LARGEST_LOG));

/**
 * e^x, kept between e^-80 and e^80: neither 0 nor infinite in float32, so that
 * its logarithm is finite. Beyond, the gradient is 0.
 */
export function fromLog(x: Tensor): Tensor2D {
  return tf.exp(tf.clipByValue(x, -LARGEST_LOG, LARGEST_LOG)) as Tensor2D;
}

/** log(1 - e^-x) for x > 0, exact for small x and for large (Mächler 2012). */
export function log1mExp(x: Tensor): Tensor {
  const small = tf.log(tf.neg(expm1(tf.neg(x))));
  // Where it is not taken, the argument keeps off 0: infinity times 0 is NaN.
  const large = log1p(tf.neg(tf.exp(tf.neg(tf.maximum(x, Math.LN2)))));
  return tf.where(tf.greater(x, Math.LN2), large, small);
}

/** The same of x = e^`logX`, which may be too small for float32. */
export function log1mExpOr(x: Tensor, logX: Tensor): Tensor {
  const isSmall = tf.less(x, 1e-12);
  return tf.where(isSmall, logX, log1mExp(tf.maximum(x, 1e-12)));
}
