/** Texts of a project whose modules are copied. @module */

/** A prior that says what it is told. */
export function prior(description: string): string {
  return `import { definePrior, real, tf, v, type Tensor2D } from "vae-priors";
import { NAME } from "./helper.ts";

export default definePrior({
  name: NAME,
  version: "1.0.0",
  apiVersion: 1,
  module: import.meta.url,
  description: ${JSON.stringify(description)},
  options: v.strictObject({}),
  head: () => ({ mean: { units: 2, constrain: (raw: Tensor2D) => raw } }),
  create: () => ({
    support: real,
    reparameterization: "explicit",
    sample: ({ mean }, random) => tf.add(mean, random.normal(mean.shape)),
    klDivergence: ({ mean }) => tf.sum(tf.mul(0.5, tf.square(mean)), 1),
    posteriorMean: ({ mean }) => mean,
    priorSample: (count, random) =>
      tf.reshape(random.normal([count, 2]), [count, 2]),
  }),
});
`;
}

/** A config that uses it, with something more in its third line. */
export function config(extra = ""): string {
  return `import { definePipeline } from "vae-priors";
import mine from "./mine.ts";
${extra}
export default definePipeline({
  priors: [mine()],
  latentDim: 2,
  engine: "cpu",
  load_mnist: { source: "synthetic", trainLimit: 256, testLimit: 64 },
  networks: ["mlp", { hidden: [8] }],
  train: { epochs: 1, batchSize: 64, validation: 0 },
  without: ["latent_metrics", "classifier", "sample_metrics", "explore"],
});
`;
}

/** A stage whose key cannot be told: `fault` is thrown. */
export function stage(fault: string): string {
  return `import { defineStage, UserError, v } from "vae-priors";

export default defineStage({
  name: "look",
  version: 1,
  module: import.meta.url,
  description: "Fails",
  options: v.strictObject({}),
  inputs: [],
  outputs: ["looks"],
  params: [],
  externalFiles() {
    throw new ${fault};
  },
  run: () => Promise.reject(new UserError("not reached")),
});
`;
}
