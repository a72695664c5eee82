/** `sample` reads the scale and makes a new tensor of it: no gradient comes through. @module */

import { tf } from "../../../../core/mod.ts";
import { gaussianWith } from "../_right.ts";

export default gaussianWith({
  name: "detached_scale",
  module: import.meta.url,
}, () => ({
  sample({ mean, scale }, random) {
    const copy = tf.tensor2d(scale.arraySync());
    return tf.add(mean, tf.mul(copy, random.normal(mean.shape)));
  },
}));
