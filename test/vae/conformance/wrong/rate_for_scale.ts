/** `sample` multiplies by the rate, as if it were a scale. @module */

import { tf } from "../../../../core/mod.ts";
import { drawGamma, gammaWith } from "../_right.ts";

export default gammaWith({
  name: "rate_for_scale",
  module: import.meta.url,
}, () => ({
  sample: ({ concentration, rate }, random) =>
    drawGamma(concentration, tf.div(1, rate), random),
}));
