/** `priorSample` takes the options of the prior in the wrong order. @module */

import { tf } from "../../../../core/mod.ts";
import { drawGamma, GAMMA, gammaWith } from "../_right.ts";

export default gammaWith({
  name: "swapped_options",
  module: import.meta.url,
}, (_, { latentDim }) => ({
  priorSample: (count, random) =>
    drawGamma(
      tf.fill([count, latentDim], GAMMA.rate),
      tf.fill([count, latentDim], GAMMA.concentration),
      random,
    ),
}));
