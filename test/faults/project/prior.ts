import { definePrior, real, v } from "vae-priors";

const unused = (): never => {
  throw new Error("No stage of this project draws");
};

/** A prior that carries a number, and no mathematics. */
export default definePrior({
  name: "toy",
  version: "1.0.0",
  apiVersion: 1,
  module: import.meta.url,
  description: "For the fault harness",
  options: v.strictObject({ factor: v.optional(v.number(), 1) }),
  label: ({ factor }) => `Toy(${factor})`,
  head: () => ({}),
  create: ({ factor }, { latentDim }) => ({
    support: real,
    reparameterization: "explicit" as const,
    latentWidth: latentDim * factor,
    sample: unused,
    klDivergence: unused,
    posteriorMean: unused,
    priorSample: unused,
  }),
});
