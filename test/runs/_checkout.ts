/**
 * Throw-away checkouts whose pipeline has the real stages' names and gives, and
 * is done at once: for tests of what is kept of runs.
 *
 * @module
 */

import { mkdirSync, mkdtempSync, realpathSync, rmSync } from "node:fs";
import { writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { onTestFinished } from "vitest";
import { parseOverride } from "../../core/config/overrides.ts";
import type { RunOptions } from "../../core/pipeline/runner.ts";
import type { Plan } from "../../core/pipeline/types.ts";
import { recordFile } from "../../core/runs/keep_record.ts";
import { readRecord, type RunRecord } from "../../core/runs/record.ts";
import {
  executePlan,
  type PipelineRun,
  type PrepareOptions,
  preparePlan,
} from "../../core/run.ts";
import { defaultStages } from "../../core/vae/stages/mod.ts";
import { folderStore } from "../../core/store/folder/folder_store.ts";
import type { ArtifactStore } from "../../core/store/store.ts";
import { runCli } from "../processes/child.ts";

/** What a command printed, and its exit code. */
interface Printed {
  readonly code: number | null;
  readonly out: string;
  readonly err: string;
}

/** A project in a folder of its own. */
export interface Checkout {
  readonly folder: string;
  readonly outputs: string;
  readonly store: ArtifactStore;
  /** Plans the config with values set: `train.epochs=3`. */
  plan(...set: readonly string[]): Promise<Plan>;
  run(set?: readonly string[], options?: RunOptions): Promise<PipelineRun>;
  /** The record of the plan with these values. */
  record(...set: readonly string[]): Promise<RunRecord>;
  /** Runs the command line here. */
  cli(...words: readonly string[]): Promise<Printed>;
  /** Runs it in a folder below. */
  cliIn(below: string, ...words: readonly string[]): Promise<Printed>;
}

/** Options of {@link createCheckout}. */
export interface CheckoutOptions {
  /** Keys of the config. */
  readonly config?: Readonly<Record<string, unknown>>;
  /** Variables of the command line's environment. */
  readonly environment?: Readonly<Record<string, string>>;
  /** Takes what removes it; default the end of the test. */
  readonly dispose?: (remove: () => void) => void;
}

const ROOT = fileURLToPath(new URL("../../", import.meta.url));

/** A new checkout. */
export function createCheckout(options: CheckoutOptions = {}): Checkout {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), "checkout-")));
  const { dispose = onTestFinished } = options;
  dispose(() => rmSync(folder, { recursive: true, force: true }));
  mkdirSync(join(folder, "stages"));
  for (const [name, text] of Object.entries(STAGES)) {
    const valibot = join(ROOT, "node_modules/valibot/dist/index.mjs");
    writeFileSync(
      join(folder, "stages", `${name}.mjs`),
      `import * as v from ${JSON.stringify(valibot)};
export default {
  kind: "stage", name: "${name}", version: 1, module: import.meta.url,
  description: "${name}", ${text}
};
`,
    );
  }
  const config = {
    name: "tiny",
    priors: ["gaussian"],
    latentDim: 2,
    engine: "cpu",
    concurrency: 1,
    stages: Object.keys(STAGES).map((name) => `./stages/${name}.mjs`),
    without: defaultStages.map(({ name }) => name)
      .filter((name) => !Object.hasOwn(STAGES, name)),
    ...options.config,
  };
  writeFileSync(
    join(folder, "pipeline.config.json"),
    JSON.stringify(config, null, 2),
  );
  const plan = (...set: readonly string[]) =>
    preparePlan(
      {
        config,
        baseDirectory: folder,
        file: join(folder, "pipeline.config.json"),
      },
      {
        overrides: set.map((text) => parseOverride(text)),
      } satisfies PrepareOptions,
    );
  const outputs = join(folder, "outputs");
  const cliIn: Checkout["cliIn"] = async (below, ...words) => {
    const { environment: env = {} } = options;
    const cwd = join(folder, below);
    const { code, stdout, stderr } = await runCli(words, { cwd, env });
    return { code, out: stdout, err: stderr };
  };
  return {
    folder,
    outputs,
    store: folderStore(join(outputs, "store")),
    plan,
    run: async (set = [], options = {}) =>
      await executePlan(await plan(...set), options),
    record: async (...set) => await readRecord(recordFile(await plan(...set))),
    cli: (...words) => cliIn(".", ...words),
    cliIn,
  };
}

const set =
  `{ count: 4, images: new Uint8Array(16), labels: new Uint8Array(4) }`;
const batch =
  `{ count: 1, height: 2, width: 2, pixels: Float32Array.of(0, 0.5, 1, 0) }`;

/** What stands in each stage's module beside its name. */
const STAGES: Readonly<Record<string, string>> = {
  load_mnist: `options: v.strictObject({ size: v.optional(v.number(), 4) }),
  inputs: [], outputs: ["dataset"], params: [],
  externalFiles: async ({ size }) => ({ digits: "drawn " + size }),
  run: async () => ({ dataset: {
    name: "tiny", source: "made up", synthetic: false, height: 2, width: 2,
    train: ${set}, test: ${set},
  } }),`,
  build_encoder: `options: v.strictObject({}),
  inputs: ["dataset"], outputs: ["encoder"], params: ["seed"],
  run: async (_, __, { seed }) =>
    ({ encoder: { inputSize: 4, hidden: [seed % 7], weights: {} } }),`,
  attach_prior: `options: v.strictObject({}),
  inputs: ["encoder"], outputs: ["vae"], params: ["prior", "latentDim"],
  run: async (_, __, { latentDim }) => ({ vae: {
    architecture: { inputSize: 4, encoderHidden: [3], decoderHidden: [3],
      latentDim, latentWidth: latentDim, head: {} },
    weights: {},
  } }),`,
  train: `options: v.strictObject({
    epochs: v.optional(v.number(), 2),
    fails: v.optional(v.boolean(), false),
    waits: v.optional(v.boolean(), false),
    noise: v.optional(v.number(), 0),
  }),
  inputs: ["dataset", "vae"], outputs: ["training"], params: ["prior", "latentDim", "seed"],
  run: async ({ vae }, { epochs, fails, waits, noise }, context) => {
    if (fails) throw new Error("it was to fail");
    if (waits) {
      context.progress(0, 1);
      if (!context.signal.aborted) {
        await new Promise((done) => context.signal.addEventListener("abort", done));
      }
      context.signal.throwIfAborted();
    }
    const random = noise === 0 ? 0 : process.hrtime()[1];
    context.log({ epoch: epochs, loss: 1 / epochs });
    return { training: {
      architecture: vae.architecture, weights: { w: {
        shape: [2], data: Float32Array.of(epochs, random) } },
      best: {}, bestEpoch: 1, steps: epochs, binarization: "dynamic",
      execution: { compiled: true },
      epochs: [{ epoch: 1, step: 1, loss: 1, reconstruction: 1, kl: 0,
        learningRate: 1, klWeight: 1 }],
    } };
  },`,
  sample: `options: v.strictObject({}),
  inputs: ["training"], outputs: ["samples"], params: ["latentDim"],
  run: async () => ({ samples: {
    generated: ${batch}, latents: new Float32Array(2), originals: ${batch},
    reconstructions: ${batch},
  } }),`,
  evaluate: `options: v.strictObject({ shift: v.optional(v.number(), 0) }),
  inputs: ["training", "dataset"], outputs: ["evaluation"], params: ["prior", "latentDim"],
  run: async ({ training }, { shift }) => {
    const elbo = -100 - shift + training.steps;
    return { evaluation: {
      images: 4, elbo: { mean: elbo, standardError: 0.3 },
      reconstruction: { mean: 1 - elbo, standardError: 0.25 },
      kl: { mean: -1, standardError: 0.05 }, divergence: "closed-form",
      nll: null, missing: ["NLL: made up"], binarization: "dynamic",
    } };
  },`,
};
