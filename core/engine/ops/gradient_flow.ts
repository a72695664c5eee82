/**
 * Tensors whose gradient goes another way than their value came, for estimators
 * of gradients that are no derivative of what they are taken of.
 *
 * @module
 */

import { type Tensor, tf } from "../tf.ts";

/** The same values, through which no gradient flows; any shape. */
export function stopGradient<T extends Tensor>(x: T): T {
  // Without an input it is no part of any way back, which then costs nothing.
  return tf.customGrad(() => ({
    value: tf.clone(x),
    gradFunc: () => [],
  }))() as T;
}

/** What {@link scaleGradient} takes of a computation. */
export interface Scaled<Y extends Tensor> {
  readonly value: Y;
  /** Of a shape that broadcasts to that of the argument; no gradient flows into it. */
  readonly factor: Tensor;
}

/**
 * The value that `compute` gives of `x`, and the gradient of `x` by way of it
 * times the factor, which may depend on the value. All else that `compute` uses
 * has its gradient unscaled.
 *
 * @example
 * ```ts ignore
 * // f(x), with the gradient f(x) f'(x)
 * scaleGradient(x, (x) => ({ value: f(x), factor: f(x) }));
 * ```
 */
export function scaleGradient<X extends Tensor, Y extends Tensor>(
  x: X,
  compute: (x: X) => Scaled<Y>,
): Y {
  let known: Tensor | undefined;
  const entry = tf.customGrad((given) => ({
    value: tf.clone(given as Tensor),
    gradFunc: (dy) => tf.mul(dy as Tensor, known!),
  }));
  const { value, factor } = compute(entry(x) as X);
  // The way back comes by here first, with what was saved: what else was made
  // on the way there is gone by then.
  const exit = tf.customGrad((given, save) => {
    (save as (tensors: Tensor[]) => void)([factor]);
    return {
      value: tf.clone(given as Tensor),
      gradFunc: (dy, saved) => {
        known = (saved as Tensor[])[0]!;
        return tf.clone(dy as Tensor);
      },
    };
  });
  return exit(value) as Y;
}
