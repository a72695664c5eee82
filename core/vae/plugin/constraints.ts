/**
 * Maps from a layer's raw units onto the support of a parameter: the usual
 * choices for `constrain` in a prior's head. Each keeps its shape `[B, units]`
 * and has a gradient everywhere.
 *
 * @module
 */

import { tf } from "../../engine/tf.ts";
import type { Tensor2D } from "../../engine/tf.ts";

/** Options of {@link positive}. */
export interface PositiveOptions {
  /** Smallest value that comes out; default 1e-3. */
  readonly floor?: number;
}

/** The whole real line: `raw` as it is. */
export function identity(raw: Tensor2D): Tensor2D {
  return raw;
}

/**
 * log(1 + exp(raw)) + `floor`, without overflow: above `floor`, and close to
 * `raw + floor` where `raw` is large.
 */
export function softplus(raw: Tensor2D, floor = 0): Tensor2D {
  const value = tf.softplus(raw);
  return floor === 0 ? value : tf.add(value, floor);
}

/**
 * A `constrain` onto the positive half line, {@link softplus} with a floor.
 *
 * The floor keeps concentrations and scales out of the region where single
 * precision cannot represent their densities: below about 1e-3 a Gamma draw
 * underflows, and 1/scale^2 passes 1e6.
 *
 * @example
 * ```ts
 * import { positive } from "vae-priors";
 *
 * const head = { scale: { units: 20, constrain: positive({ floor: 1e-4 }) } };
 * ```
 */
export function positive(
  options: PositiveOptions = {},
): (raw: Tensor2D) => Tensor2D {
  const { floor = 1e-3 } = options;
  return (raw) => softplus(raw, floor);
}

/** Distance that {@link unit} keeps from 0 and from 1; 1 - 1e-6 is still exact enough in single precision. */
const UNIT_MARGIN = 1e-6;

/** The open interval (0, 1): a sigmoid, squeezed to stay 1e-6 away from both ends. */
export function unit(raw: Tensor2D): Tensor2D {
  return tf.add(
    tf.mul(tf.sigmoid(raw), 1 - 2 * UNIT_MARGIN),
    UNIT_MARGIN,
  );
}
