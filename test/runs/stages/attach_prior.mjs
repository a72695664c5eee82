// @ts-nocheck: gives as little of each artifact as is read of it
import * as v from "../../../node_modules/valibot/dist/index.mjs";

export default {
  kind: "stage",
  name: "attach_prior",
  version: 1,
  module: import.meta.url,
  description: "attach_prior",
  options: v.strictObject({}),
  inputs: ["encoder"],
  outputs: ["vae"],
  params: ["prior", "latentDim"],
  run: async (_, __, { latentDim }) => ({
    vae: {
      architecture: {
        inputSize: 4,
        image: { height: 2, width: 2, channels: 1 },
        latentDim,
        latentWidth: latentDim,
        head: {},
      },
      weights: {},
    },
  }),
};
