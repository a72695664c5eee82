/** Several draws for each row. @module */

import { type Tensor2D, tf } from "../../engine/tf.ts";
import type { Posterior } from "../plugin/prior.ts";

/** Each row of each parameter `times` times in a row: `[B, U]` to `[B * times, U]`. */
export function repeatPosterior(
  posterior: Posterior,
  times: number,
): Posterior {
  return Object.fromEntries(
    Object.entries(posterior).map(([name, parameter]) =>
      [name, repeatRows(parameter, times)] as const
    ),
  );
}

/** Each row `times` times in a row: `[B, U]` to `[B * times, U]`. */
export function repeatRows(x: Tensor2D, times: number): Tensor2D {
  const [rows, columns] = x.shape;
  return tf.reshape(
    tf.tile(tf.expandDims(x, 1), [1, times, 1]),
    [rows * times, columns],
  );
}
