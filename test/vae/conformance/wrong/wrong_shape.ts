/** `klDivergence` gives a term a coordinate, not a number an image. @module */

import type { Tensor, Tensor1D } from "../../../../core/mod.ts";
import { gaussianDivergence, gaussianWith } from "../_right.ts";

export default gaussianWith({
  name: "wrong_shape",
  module: import.meta.url,
}, () => ({
  klDivergence: ({ mean, scale }) =>
    gaussianDivergence(mean, scale) as Tensor as Tensor1D,
}));
