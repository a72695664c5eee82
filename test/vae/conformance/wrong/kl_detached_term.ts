/** The KL's value is right, and one term of it is a constant to the gradient. @module */

import { tf } from "../../../../core/mod.ts";
import { gaussianWith } from "../_right.ts";

export default gaussianWith({
  name: "kl_detached_term",
  module: import.meta.url,
}, () => ({
  klDivergence({ mean, scale }) {
    const logVariance = tf.tensor2d(tf.log(tf.square(scale)).arraySync());
    const terms = tf.sub(
      tf.add(tf.square(scale), tf.square(mean)),
      tf.add(1, logVariance),
    );
    return tf.sum(tf.mul(0.5, terms), 1);
  },
}));
