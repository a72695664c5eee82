/** The KL reads the learnt location with the wrong sign; it starts at 0, where that is the same. @module */

import { tf } from "../../../../core/mod.ts";
import { gaussianDivergence, gaussianWith, logNormal } from "../_right.ts";

export default gaussianWith({
  name: "learnt_read_twice",
  module: import.meta.url,
}, ({ densities }, { latentDim }) => ({
  learnt: {
    location: { shape: [latentDim], initial: () => Array(latentDim).fill(0) },
  },
  klDivergence: ({ mean, scale }, { learnt }) =>
    tf.sum(gaussianDivergence(tf.add(mean, learnt["location"]!), scale), 1),
  densities: {
    ...densities!,
    prior: (latent, { learnt }) =>
      logNormal(tf.reshape(learnt["location"]!, [1, -1]), 1, latent),
  },
}));
