/** The declared support begins one too late. @module */

import { interval } from "../../../../core/mod.ts";
import { gammaWith } from "../_right.ts";

export default gammaWith({
  name: "support_off_by_one",
  module: import.meta.url,
}, () => ({ support: interval(1, Infinity) }));
