/**
 * A small project as a person might have it: a config, two stages of their own,
 * a prior in a file with a helper, one in a package, a data file.
 *
 * @module
 */

import {
  cpSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { loadConfig } from "../../../core/config/load.ts";
import { giveEngine } from "../../../core/vae/engine_provider.ts";
import { normaliseConfig } from "../../../core/vae/normalise.ts";
import type { EngineInfo } from "../../../core/engine/engine.ts";
import { planPipeline } from "../../../core/pipeline/plan.ts";
import type { Plan } from "../../../core/pipeline/types.ts";
import { age } from "../_age.ts";

/** A folder with the project in it. */
export interface ChangesProject {
  readonly folder: string;
  /** Replaces a piece of a file, which must be there. */
  edit(file: string, from: string, to: string): void;
  /** Writes a file. */
  write(file: string, text: string): void;
  /** Changes values of the config. */
  configure(values: Readonly<Record<string, unknown>>): void;
  plan(options?: PlanOptions): Promise<Plan>;
}

/** How a plan is asked for. */
export interface PlanOptions {
  readonly engine?: EngineInfo;
  readonly preset?: string;
  readonly config?: string;
  /** Variables of the environment. */
  readonly env?: Readonly<Record<string, string>>;
}

const ENGINE: EngineInfo = { name: "cpu", version: "tfjs" };

const FILES: Readonly<Record<string, string>> = {
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

/** Makes the project in a folder of its own. */
export function createChangesProject(): ChangesProject {
  const folder = mkdtempSync(join(tmpdir(), "changes-"));
  const project = openChangesProject(folder);
  for (const [file, text] of Object.entries(FILES)) project.write(file, text);
  return project;
}

/** The same project, with its store, in another folder. */
export function copyProject(project: ChangesProject): ChangesProject {
  const folder = mkdtempSync(join(tmpdir(), "changes-"));
  cpSync(project.folder, folder, {
    recursive: true,
    preserveTimestamps: true,
  });
  return openChangesProject(folder);
}

/** Removes the project. */
export function removeProject({ folder }: ChangesProject): void {
  rmSync(folder, { recursive: true, force: true });
}

function openChangesProject(folder: string): ChangesProject {
  const write = (file: string, text: string) => {
    const path = join(folder, file);
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, text);
    age(path);
  };
  const read = (file: string) => readFileSync(join(folder, file), "utf8");
  return {
    folder,
    write,
    edit: (file, from, to) => {
      const text = read(file);
      if (!text.includes(from)) throw new Error(`${file} has no ${from}`);
      write(file, text.replace(from, to));
    },
    configure: (values) => {
      const [file = ""] = readdirSync(folder).filter((name) =>
        name.endsWith(".config.json")
      );
      const config = { ...JSON.parse(read(file)), ...values };
      write(file, JSON.stringify(config, null, 2));
    },
    plan: async (options = {}) => {
      const file = join(folder, options.config ?? "pipeline.config.json");
      const { config } = await loadConfig({ file });
      const resolved = await normaliseConfig(config, {
        baseDirectory: folder,
        configFile: file,
        preset: options.preset,
        defaultStages: [],
      });
      const { engine = ENGINE, env = {} } = options;
      Object.assign(process.env, env);
      try {
        return await planPipeline(resolved, [giveEngine(engine, resolved)]);
      } finally {
        for (const name of Object.keys(env)) delete process.env[name];
      }
    },
  };
}
