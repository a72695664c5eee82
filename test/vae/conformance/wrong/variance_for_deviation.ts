/** `densities.posterior` takes the scale for a variance. @module */

import { tf } from "../../../../core/mod.ts";
import { gaussianWith, logNormal } from "../_right.ts";

export default gaussianWith({
  name: "variance_for_deviation",
  module: import.meta.url,
}, ({ densities }) => ({
  densities: {
    ...densities!,
    posterior: ({ mean, scale }, latent) =>
      logNormal(mean, tf.sqrt(scale), latent),
  },
}));
