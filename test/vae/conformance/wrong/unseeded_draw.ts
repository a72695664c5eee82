/** `priorSample` draws from TensorFlow.js instead of `random`. @module */

import { tf } from "../../../../core/mod.ts";
import { gaussianWith } from "../_right.ts";

export default gaussianWith({
  name: "unseeded_draw",
  module: import.meta.url,
}, (_, { latentDim }) => ({
  priorSample: (count) => tf.randomNormal([count, latentDim]),
}));
