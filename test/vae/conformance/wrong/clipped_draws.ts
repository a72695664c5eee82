/** `sample` keeps draws away from 0, much further than single precision asks. @module */

import { type Tensor2D, tf } from "../../../../core/mod.ts";
import { gammaWith } from "../_right.ts";

export default gammaWith({
  name: "clipped_draws",
  module: import.meta.url,
}, ({ sample }) => ({
  sample: (posterior, random) =>
    tf.maximum(sample(posterior, random), 0.2) as Tensor2D,
}));
