// @ts-nocheck: gives as little of each artifact as is read of it
import * as v from "../../../node_modules/valibot/dist/index.mjs";

export default {
  kind: "stage",
  name: "sample",
  version: 1,
  module: import.meta.url,
  description: "sample",
  options: v.strictObject({}),
  inputs: ["training"],
  outputs: ["samples"],
  params: ["latentDim"],
  run: async () => ({
    samples: {
      generated: {
        count: 1,
        height: 2,
        width: 2,
        pixels: Float32Array.of(0, 0.5, 1, 0),
      },
      latents: new Float32Array(2),
      originals: {
        count: 1,
        height: 2,
        width: 2,
        pixels: Float32Array.of(0, 0.5, 1, 0),
      },
      reconstructions: {
        count: 1,
        height: 2,
        width: 2,
        pixels: Float32Array.of(0, 0.5, 1, 0),
      },
    },
  }),
};
