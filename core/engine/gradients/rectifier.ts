/**
 * The rectifier's gradient as one pass. TensorFlow.js multiplies by a step
 * function, which is six operations of TensorFlow's.
 *
 * @module
 */

import type { Tensor } from "@tensorflow/tfjs";
import { rectifierGradient } from "../ops/dense.ts";
import { tf } from "../tf.ts";

/** Replaces the gradient of `tf.relu`; for every engine. */
export function registerRectifierGradient(): void {
  tf.registerGradient({
    kernelName: "Relu",
    outputsToSave: [true],
    gradFunc: (dy, saved) => ({
      x: () => rectifierGradient(dy as Tensor, saved[0] as Tensor),
    }),
  });
}
