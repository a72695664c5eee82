/** The scale is one of two numbers: its gradient is 0 everywhere. @module */

import { tf } from "../../../../core/mod.ts";
import { gaussianWith } from "../_right.ts";

export default gaussianWith({
  name: "no_gradient_in_constrain",
  module: import.meta.url,
  constrain: (raw) => tf.add(tf.step(raw), 0.5),
});
