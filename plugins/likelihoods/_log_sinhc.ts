/**
 * log(sinh(t / 2) / (t / 2)), which is in the normaliser of the continuous
 * Bernoulli and in the mass of a bin of the logistic distribution.
 *
 * @module
 */

import { expm1, type Tensor2D, tf } from "vae-priors";

/** Where the series gives way: its next term is 2e-9 there. */
const NEAR = 1;

/**
 * log(sinh(t / 2) / (t / 2)): even, 0 at 0, near to |t| / 2 - log |t| far out;
 * exact to rounding for any `t`, with its gradient.
 *
 * Near 0 by its series in y = t / 2, y^2 / 6 - y^4 / 180 + y^6 / 2835 -
 * y^8 / 37800 (of log(sinh y / y)); elsewhere as |t| / 2 + log(1 - e^-|t|) -
 * log |t|, each of whose parts is finite.
 */
export function logSinhc(t: Tensor2D): Tensor2D {
  const size = tf.abs(t);
  // Either branch sees only what it can take: a gradient times 0 must be 0.
  const far = tf.maximum(size, NEAR) as Tensor2D;
  const isNear = tf.less(size, NEAR);
  const near = tf.where(isNear, t, tf.zerosLike(t)) as Tensor2D;
  const square = tf.square(tf.div(near, 2)) as Tensor2D;
  return tf.where(isNear, series(square), closed(far)) as Tensor2D;
}

/** Coefficients of y^2, y^4, y^6, y^8. */
const COEFFICIENTS = [1 / 6, -1 / 180, 1 / 2835, -1 / 37800];

function series(square: Tensor2D): Tensor2D {
  return COEFFICIENTS.toReversed().reduce<Tensor2D>(
    (sum, coefficient) => tf.mul(square, tf.add(sum, coefficient)),
    tf.zerosLike(square),
  );
}

function closed(size: Tensor2D): Tensor2D {
  const rest = tf.log(tf.neg(expm1(tf.neg(size)))) as Tensor2D;
  return tf.sub(tf.add(tf.div(size, 2), rest), tf.log(size));
}
