/** `klDivergence` averages over coordinates instead of summing: in one dimension that is the same. @module */

import { tf } from "../../../../core/mod.ts";
import { gaussianDivergence, gaussianWith } from "../_right.ts";

export default gaussianWith({
  name: "mean_over_coordinates",
  module: import.meta.url,
}, () => ({
  klDivergence: ({ mean, scale }) =>
    tf.mean(gaussianDivergence(mean, scale), 1),
}));
