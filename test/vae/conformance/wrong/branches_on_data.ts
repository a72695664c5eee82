/** An approximation for large scales is chosen in JavaScript, by the first image of the batch. @module */

import { tf } from "../../../../core/mod.ts";
import { gaussianDivergence, gaussianWith } from "../_right.ts";

export default gaussianWith({
  name: "branches_on_data",
  module: import.meta.url,
}, () => ({
  klDivergence({ mean, scale }) {
    const isLarge = scale.arraySync()[0]![0]! > 2;
    return isLarge
      ? tf.sum(tf.mul(0.5, tf.add(tf.square(mean), tf.square(scale))), 1)
      : tf.sum(gaussianDivergence(mean, scale), 1);
  },
}));
