/** `sample` is asynchronous. @module */

import type { Tensor2D } from "../../../../core/mod.ts";
import { gaussianWith } from "../_right.ts";

export default gaussianWith({
  name: "gives_a_promise",
  module: import.meta.url,
}, (right) => ({
  sample: (...given) =>
    Promise.resolve(right.sample(...given)) as unknown as Tensor2D,
}));
