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
    const inputSize = dataset.height * dataset.width;
    const kernel = {
      shape: [inputSize, width],
      data: floats(seed, inputSize * width),
    };
    return {
      encoder: {
        inputSize,
        hidden: [width],
        weights: { "encoder/0/kernel": kernel },
      },
    };
  },
});
