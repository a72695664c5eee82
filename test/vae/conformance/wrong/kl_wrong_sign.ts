/** A log-determinant of the wrong sign: KL(p || p) is right, and others fall below 0. @module */

import { tf } from "../../../../core/mod.ts";
import { gaussianWith } from "../_right.ts";

export default gaussianWith({
  name: "kl_wrong_sign",
  module: import.meta.url,
}, () => ({
  klDivergence({ mean, scale }) {
    const variance = tf.square(scale);
    const terms = tf.add(
      tf.add(variance, tf.square(mean)),
      tf.sub(tf.log(variance), 1),
    );
    return tf.sum(tf.mul(0.5, terms), 1);
  },
}));
