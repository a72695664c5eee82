import { defineStage, v } from "vae-priors";
import { floats } from "./draws.ts";

/** One large array. */
export default defineStage({
  name: "build_encoder",
  version: 1,
  module: import.meta.url,
  description: "For the fault harness",
  inputs: ["dataset"],
  outputs: ["encoder"],
  params: ["seed"],
  options: v.strictObject({ width: v.optional(v.number(), 256) }),
  async run({ dataset }, { width }, { seed }) {
    const { height, width: columns } = dataset;
    const inputSize = height * columns;
    const kernel = {
      shape: [inputSize, width],
      data: floats(seed, inputSize * width),
    };
    return {
      encoder: {
        image: { height, width: columns, channels: 1 },
        features: width,
        weights: { "encoder/0/kernel": kernel },
      },
    };
  },
});
