/** The KL counts half in its first calls: a recording keeps that for good. @module */

import { tf } from "../../../../core/mod.ts";
import { gaussianWith } from "../_right.ts";

export default gaussianWith({
  name: "warms_up_by_itself",
  module: import.meta.url,
}, ({ klDivergence }) => {
  let calls = 0;
  return {
    klDivergence: (posterior, scope) =>
      tf.mul(calls++ < 2 ? 0.5 : 1, klDivergence(posterior, scope)),
  };
});
