/** The noise is drawn once, from a seed of its own, and used at every step. @module */

import { type Tensor2D, tf } from "../../../../core/mod.ts";
import { gaussianWith } from "../_right.ts";

export default gaussianWith({
  name: "frozen_noise",
  module: import.meta.url,
}, () => ({
  sample: ({ mean, scale }) =>
    tf.add(
      mean,
      tf.mul(scale, tf.randomNormal(mean.shape, 0, 1, "float32", 7)),
    ) as Tensor2D,
}));
