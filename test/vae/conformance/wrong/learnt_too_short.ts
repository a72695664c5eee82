/** A learnt parameter begins with fewer numbers than its shape has places. @module */

import { gaussianWith } from "../_right.ts";

export default gaussianWith({
  name: "learnt_too_short",
  module: import.meta.url,
}, (_, { latentDim }) => ({
  learnt: {
    location: { shape: [latentDim], initial: (uniform) => [uniform()] },
  },
}));
