import { defineStage, v } from "vae-priors";

/** Numbers alone. */
export default defineStage({
  name: "evaluate",
  version: 1,
  module: import.meta.url,
  description: "For the fault harness",
  inputs: ["dataset", "training"],
  outputs: ["evaluation"],
  params: ["prior", "latentDim"],
  options: v.strictObject({}),
  async run({ dataset, training }, _, context) {
    const { loss } = training.epochs.at(-1)!;
    const half = { mean: loss / 2, standardError: 0.01 };
    context.warn("These numbers mean nothing");
    return {
      evaluation: {
        images: dataset.test.count,
        inputSize: 784,
        elbo: { mean: -loss, standardError: 0.02 },
        reconstruction: half,
        kl: half,
        divergence: "closed-form" as const,
        nll: null,
        missing: ["nll"],
        pixels: "binary" as const,
        binarization: "dynamic" as const,
      },
    };
  },
});
