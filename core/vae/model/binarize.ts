/**
 * How grey pixels become what a model of binary ones sees.
 *
 * @module
 */

import type { Random } from "../../engine/random.ts";
import { type Tensor2D, tf } from "../../engine/tf.ts";
import type { PixelForm } from "../plugin/likelihood.ts";

/** How grey pixels become what the model sees. */
export type Binarization = "dynamic" | "threshold" | "grey";

/**
 * What a likelihood's images are made by: only one of binary pixels has a
 * choice.
 */
export function binarizationOf(
  pixels: PixelForm,
  chosen: Binarization,
): Binarization {
  return pixels === "binary" ? chosen : "grey";
}

/**
 * Makes images from grey levels: `dynamic` draws each pixel from its intensity
 * (Salakhutdinov and Murray 2008), `threshold` cuts at one half, `grey` leaves
 * intensities, whose cross-entropy is no likelihood.
 *
 * @param pixels `[B, P]`, 0 to 255
 * @returns `[B, P]`, in [0, 1]
 */
export function binarize(
  pixels: Tensor2D,
  mode: Binarization,
  random: Random,
): Tensor2D {
  switch (mode) {
    case "grey":
      return tf.mul(pixels, 1 / 255);
    case "threshold":
      return tf.cast(tf.greater(pixels, 127.5), "float32");
    case "dynamic": {
      const uniform = tf.mul(random.uniform(pixels.shape), 255);
      return tf.cast(tf.less(uniform, pixels), "float32") as Tensor2D;
    }
  }
}
