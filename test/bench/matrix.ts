/** Looking at a matrix of 1,000 trials, of which nothing or everything is stale. @module */

import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { performance } from "node:perf_hooks";
import { giveEngine } from "../../core/vae/engine_provider.ts";
import { normaliseConfig } from "../../core/vae/normalise.ts";
import { describeEngine } from "../../core/engine/engine.ts";
import { planPipeline } from "../../core/pipeline/plan.ts";
import { surveyPlan } from "../../core/pipeline/survey.ts";
import type { Plan } from "../../core/pipeline/types.ts";
import { openStore } from "../../core/store/open.ts";
import type { BenchOptions } from "./bench.ts";
import type { Section } from "./figures_file.ts";
import { CLI, inNewFolder } from "./job.ts";
import { run } from "./process.ts";
import { figure, median, table } from "./table.ts";

const SEEDS = 50;

/** 4 priors, 5 latent dimensions: 1,000 trials. */
const CONFIG = {
  priors: [
    "gaussian",
    ["gaussian", { mean: 1, variance: 2 }],
    "beta",
    "gamma",
  ],
  latentDim: [2, 5, 10, 20, 50],
  seed: Array.from({ length: SEEDS }, (_, seed) => seed),
  // Drawn digits are there without a look around.
  load_mnist: { source: "synthetic" },
};

/** Keys, look-ups and explanations, and the commands as a whole. */
export async function matrix(options: BenchOptions): Promise<Section> {
  return await inNewFolder(async (folder) => {
    const file = join(folder, "pipeline.config.json");
    writeFileSync(file, JSON.stringify(CONFIG));
    const plan = await planOf(folder);
    await fill(plan);
    const epochs = { train: { epochs: 30 } };
    const times = {
      "all keys": () => planOf(folder),
      "look-up, everything cached": async () => {
        await surveyPlan(plan);
      },
      "keys, look-up and reasons after a change of `train.epochs`":
        async () => {
          await surveyPlan(await planOf(folder, epochs));
        },
    };
    const figures: Record<string, number> = {};
    for (const [name, work] of Object.entries(times)) {
      figures[name] = await time(work, options);
    }
    const commands: Readonly<Record<string, readonly string[]>> = {
      "`status`, everything cached": ["status"],
      "`status --set train.epochs=30`": ["status", "--set", "train.epochs=30"],
      "`why --set train.epochs=30`": ["why", "--set", "train.epochs=30"],
      "`run --dry --set train.epochs=30`": [
        "run",
        "--dry",
        "--set",
        "train.epochs=30",
      ],
    };
    for (const [name, words] of Object.entries(commands)) {
      const command = [CLI, ...words, "--config", file];
      const work = () => run(process.execPath, command);
      figures[name] = await time(work, options);
    }
    const rows = Object.entries(figures).map(([name, seconds]) => [
      name,
      figure(seconds),
    ]);
    const title =
      `A matrix of ${plan.trials.length} trials, ${plan.nodes.size} stages: 4 priors, 5 latent dimensions, ${SEEDS} seeds`;
    const markdown = `### ${title}\n\n${table(["", "seconds"], rows)}`;
    return { markdown, figures };
  });
}

async function planOf(
  baseDirectory: string,
  values: Readonly<Record<string, unknown>> = {},
): Promise<Plan> {
  const config = { ...CONFIG, ...values };
  const resolved = await normaliseConfig(config, { baseDirectory });
  return await planPipeline(resolved, [
    giveEngine(await describeEngine("auto"), resolved),
  ]);
}

/** Puts an artifact in the store for each stage, with next to nothing in it. */
async function fill(plan: Plan): Promise<void> {
  const store = await openStore(plan.config.storeDirectory);
  for (const { stage, key, fields } of plan.nodes.values()) {
    const draft = await store.draft({ stage: stage.name, key });
    await draft.commit({}, { fields, ms: 1000, warnings: [] });
  }
}

async function time(
  work: () => Promise<unknown>,
  { rounds }: BenchOptions,
): Promise<number> {
  const times: number[] = [];
  // The first compiles and reads what the others find ready.
  await work();
  for (let round = 0; round < 2 * rounds + 1; round++) {
    const start = performance.now();
    await work();
    times.push((performance.now() - start) / 1000);
  }
  return median(times);
}
