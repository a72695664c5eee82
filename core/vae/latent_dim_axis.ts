/**
 * The latent dimension, an axis of the matrix.
 *
 * @module
 */

import type { Axis } from "../pipeline/provider.ts";

declare module "../pipeline/stage.ts" {
  interface Lent {
    /** Latent dimension `D`; needs `params: ["latentDim"]`. */
    readonly latentDim: number;
  }
}
declare module "../pipeline/types.ts" {
  interface TrialValues {
    /** Latent dimension `D`. */
    readonly latentDim: number;
  }
}

const latentDimAxis: Axis<number> = {
  name: "latentDim",
  module: import.meta.url,
  role: "compare",
  configKey: "latentDim",
  plural: "latent dimensions",
  fields: (latentDim) => ({ latentDim: String(latentDim) }),
  sources: () => [],
  send: (data) => ({ module: null, data }),
  open: ({ data }) => data,
  title: (latentDim) => `D=${latentDim}`,
  slug: (latentDim) => `d${latentDim}`,
};

export default latentDimAxis;
