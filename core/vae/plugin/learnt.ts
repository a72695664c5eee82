/**
 * Parameters that train with a model, whatever part of it they belong to.
 *
 * @module
 */

import type { Tensor } from "../../engine/tf.ts";

/** Learnt parameters by name, as tensors in their shapes. */
export type Learnt = Readonly<Record<string, Tensor>>;

/**
 * A learnt parameter before training. It is any real number: a scale is learnt
 * as its logarithm, or through `softplus`.
 */
export interface LearntParameter {
  readonly shape: readonly number[];
  /**
   * Initial values, row by row, as many as the shape has places. `uniform` is
   * the parameter's own seeded stream of numbers in (0, 1).
   */
  initial(uniform: () => number): Float32Array | readonly number[];
}
