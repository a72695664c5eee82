/**
 * Both densities forget the same constant: the KL and every ratio of the two
 * are still right.
 *
 * @module
 */

import { tf } from "../../../../core/mod.ts";
import { gaussianWith, logNormal } from "../_right.ts";

export default gaussianWith({
  name: "unnormalised_density",
  module: import.meta.url,
}, (_, { latentDim }) => {
  const forgotten = 0.5 * Math.log(2 * Math.PI) * latentDim;
  return {
    densities: {
      posterior: ({ mean, scale }, latent) =>
        tf.add(logNormal(mean, scale, latent), forgotten),
      prior: (latent) => tf.add(logNormal(0, 1, latent), forgotten),
    },
  };
});
