import { defineStage, v } from "vae-priors";
import { floats } from "./draws.ts";

/** The encoder's array and a small one. */
export default defineStage({
  name: "attach_prior",
  version: 1,
  module: import.meta.url,
  description: "For the fault harness",
  inputs: ["encoder"],
  outputs: ["vae"],
  params: ["prior", "latentDim", "seed"],
  options: v.strictObject({}),
  async run({ encoder }, _, { latentDim, prior, seed }) {
    const { image, weights } = encoder;
    const inputSize = image.height * image.width;
    const latentWidth = prior.build(inputSize).latentWidth ?? latentDim;
    return {
      vae: {
        architecture: {
          inputSize,
          image,
          latentDim,
          latentWidth,
          head: {},
        },
        weights: {
          ...weights,
          "output/bias": {
            shape: [latentWidth],
            data: floats(seed, latentWidth),
          },
        },
      },
    };
  },
});
