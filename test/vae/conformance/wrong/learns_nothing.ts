/** A location is learnt by `densities.prior` alone: the KL never moves it. @module */

import { tf } from "../../../../core/mod.ts";
import { gaussianWith, logNormal } from "../_right.ts";

export default gaussianWith({
  name: "learns_nothing",
  module: import.meta.url,
}, ({ densities }, { latentDim }) => ({
  learnt: {
    location: { shape: [latentDim], initial: () => Array(latentDim).fill(0) },
  },
  densities: {
    ...densities!,
    prior: (latent, { learnt }) =>
      logNormal(tf.reshape(learnt["location"]!, [1, -1]), 1, latent),
  },
}));
