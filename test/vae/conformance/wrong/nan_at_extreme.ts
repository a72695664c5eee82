/** The scale has no floor, and log(1 - exp(-scale)) is -Infinity where it vanishes. @module */

import { softplus, tf } from "../../../../core/mod.ts";
import { gaussianDivergence, gaussianWith } from "../_right.ts";

export default gaussianWith({
  name: "nan_at_extreme",
  module: import.meta.url,
  constrain: (raw) => softplus(raw),
}, () => ({
  klDivergence({ mean, scale }) {
    // log(scale) by way of the raw output: softplus inverted.
    const raw = tf.add(scale, tf.log(tf.sub(1, tf.exp(tf.neg(scale)))));
    const same = tf.log(tf.log(tf.add(1, tf.exp(raw))));
    const difference = tf.sub(same, tf.log(scale));
    return tf.sum(tf.add(gaussianDivergence(mean, scale), difference), 1);
  },
}));
