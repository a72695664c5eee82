/** `posteriorMean` gives the mode. @module */

import { tf } from "../../../../core/mod.ts";
import { gammaWith } from "../_right.ts";

export default gammaWith({
  name: "mode_for_mean",
  module: import.meta.url,
}, () => ({
  posteriorMean: ({ concentration, rate }) =>
    tf.div(tf.maximum(tf.sub(concentration, 1), 0), rate),
}));
