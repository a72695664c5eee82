// @ts-nocheck: gives as little of each artifact as is read of it
import * as v from "../../../node_modules/valibot/dist/index.mjs";

export default {
  kind: "stage",
  name: "train",
  version: 1,
  module: import.meta.url,
  description: "train",
  options: v.strictObject({
    epochs: v.optional(v.number(), 2),
    fails: v.optional(v.boolean(), false),
    waits: v.optional(v.boolean(), false),
    noise: v.optional(v.number(), 0),
  }),
  inputs: ["dataset", "vae"],
  outputs: ["training"],
  judged: {
    over: "epochs",
    measure: "validation loss",
    refuse: () => null,
    judge: (_, { epochs, noise }) => ({ value: noise, work: epochs }),
  },
  params: ["prior", "network", "likelihood", "latentDim", "seed"],
  run: async ({ vae }, { epochs, fails, waits, noise }, context) => {
    if (fails) throw new Error("it was to fail");
    if (waits) {
      context.progress(0, 1);
      if (!context.signal.aborted) {
        await new Promise((done) =>
          context.signal.addEventListener("abort", done)
        );
      }
      context.signal.throwIfAborted();
    }
    const random = noise === 0 ? 0 : process.hrtime()[1];
    context.log({ epoch: epochs, loss: 1 / epochs });
    return {
      training: {
        architecture: vae.architecture,
        weights: {
          w: {
            shape: [2],
            data: Float32Array.of(epochs, random),
          },
        },
        best: {},
        bestEpoch: 1,
        steps: epochs,
        pixels: "binary",
        binarization: "dynamic",
        execution: { compiled: true },
        epochs: [{
          epoch: 1,
          step: 1,
          loss: 1,
          reconstruction: 1,
          kl: 0,
          learningRate: 1,
          klWeight: 1,
        }],
      },
    };
  },
};
