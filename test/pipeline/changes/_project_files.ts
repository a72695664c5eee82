/** The files of the project that is changed. @module */

/** Texts by their paths. */
export const FILES: Readonly<Record<string, string>> = {
  "package.json": '{ "type": "module" }',
  "digits.txt": "3 1 4 1 5\n",
  "pipeline.config.json": JSON.stringify(
    {
      priors: ["./toy.ts", ["./toy.ts", { factor: 2 }], "tin"],
      stages: ["./numbers.ts", "./scale.ts", "./measure.ts"],
      numbers: { count: 3, first: 1 },
      presets: { quick: { scale: { offset: 1 } } },
    },
    null,
    2,
  ),
  "numbers.ts": `import { join } from "node:path";
import { defineStage, v } from "vae-priors";

/** Numbers of a file. */
export default defineStage({
  name: "numbers",
  version: 1,
  module: import.meta.url,
  description: "For tests",
  inputs: [],
  outputs: ["numbers" as never],
  params: ["seed"],
  options: v.strictObject({
    count: v.optional(v.number(), 5),
    first: v.optional(v.number(), 0),
  }),
  externalFiles: async (_, { baseDirectory, digest }) => ({
    digits: await digest(join(baseDirectory, "digits.txt")),
  }),
  run: async (_, { count, first }, { seed }) =>
    ({ numbers: { values: [seed, count, first] } }) as never,
});
`,
  "scale.ts": `import { defineStage, v } from "vae-priors";

/** Numbers times the prior's factor. */
export default defineStage({
  name: "scale",
  version: 1,
  module: import.meta.url,
  description: "For tests",
  inputs: ["numbers" as never],
  outputs: ["scaled" as never],
  params: ["prior", "latentDim"],
  options: v.strictObject({
    offset: v.optional(v.number(), 0),
    limit: v.optional(v.number(), 9),
  }),
  run: async (inputs, { offset, limit }, { prior, latentDim }) =>
    ({ scaled: { inputs, offset, limit, latentDim, of: prior.label } }) as never,
});
`,
  "measure.ts": `import { defineStage, v } from "vae-priors";

/** Stands for what an engine computes. */
export default defineStage({
  name: "measure",
  version: 1,
  module: import.meta.url,
  description: "For tests",
  inputs: ["scaled" as never],
  outputs: ["measured" as never],
  params: ["engine"],
  options: v.strictObject({ steps: v.optional(v.number(), 10) }),
  run: async (inputs, { steps }) => ({ measured: { inputs, steps } }) as never,
});
`,
  "shape.ts": `/** Twice. */
export function twice(x: number): number {
  return 2 * x;
}
`,
  "toy.ts": `import { definePrior, real, v } from "vae-priors";
import { f } from "maths";
import { twice } from "./shape.ts";

const unused = (): never => {
  throw new Error("No test draws from it");
};

/** A prior that carries a number. */
export default definePrior({
  name: "toy",
  version: "1.0.0",
  apiVersion: 1,
  module: import.meta.url,
  description: "For tests",
  options: v.strictObject({ factor: v.optional(v.number(), 1) }),
  label: ({ factor }) => \`Toy(\${factor})\`,
  head: () => ({}),
  create: ({ factor }, { latentDim }) => ({
    support: real,
    reparameterization: "explicit",
    latentWidth: f(twice(factor) * latentDim),
    sample: unused,
    klDivergence: unused,
    posteriorMean: unused,
    priorSample: unused,
  }),
});
`,
  "node_modules/maths/package.json":
    '{ "name": "maths", "version": "1.0.0", "type": "module", "exports": "./maths.js" }',
  "node_modules/maths/maths.js": "export const f = (x) => x;\n",
  "node_modules/vae-prior-tin/package.json":
    '{ "name": "vae-prior-tin", "version": "1.0.0", "type": "module", "exports": "./main.js" }',
  "node_modules/vae-prior-tin/main.js":
    `import { definePrior, real, v } from "vae-priors";
import { width } from "./width.js";

const unused = () => {
  throw new Error("No test draws from it");
};

export default definePrior({
  name: "tin",
  version: "1.0.0",
  apiVersion: 1,
  module: import.meta.url,
  description: "For tests",
  options: v.strictObject({}),
  label: () => "Tin",
  head: () => ({}),
  create: (_, { latentDim }) => ({
    support: real,
    reparameterization: "explicit",
    latentWidth: width(latentDim),
    sample: unused,
    klDivergence: unused,
    posteriorMean: unused,
    priorSample: unused,
  }),
});
`,
  "node_modules/vae-prior-tin/width.js": "export const width = (d) => d;\n",
};
