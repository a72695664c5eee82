/**
 * Seeded random streams: pure functions of (seed, name, step, call), the same
 * call on every engine. Nothing is hidden in a generator's state, so a step can
 * be repeated, compiled and resumed exactly.
 *
 * @module
 */

import type { Tensor } from "./tf.ts";

/** What a prior or a stage draws from. */
export interface Random {
  /** Standard normal draws of the given shape. */
  normal(shape: readonly number[]): Tensor;
  /** Uniform draws from the open interval (0, 1). */
  uniform(shape: readonly number[]): Tensor;
  /**
   * Draws from Gamma(concentration, rate 1), in the shape of `concentration`,
   * with the implicit reparameterisation gradient (Figurnov, Mohamed and Mnih
   * 2018, eq. 5) with respect to `concentration`.
   */
  gamma(concentration: Tensor): Tensor;
  /**
   * Logarithm of a Gamma(concentration, rate 1) draw, exact where the draw
   * itself would underflow (concentration well below 1), with its implicit
   * gradient.
   */
  logGamma(concentration: Tensor): Tensor;
}
