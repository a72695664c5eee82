/** `klDivergence` takes concentration for rate, and rate for concentration. @module */

import { tf } from "../../../../core/mod.ts";
import { gammaDivergence, gammaWith } from "../_right.ts";

export default gammaWith({
  name: "swapped_parameters",
  module: import.meta.url,
}, () => ({
  klDivergence: ({ concentration, rate }) =>
    tf.sum(gammaDivergence(rate, concentration), 1),
}));
