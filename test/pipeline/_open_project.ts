/**
 * A project of tiny stages in a folder of its own.
 *
 * @module
 */

import { existsSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { pathToFileURL } from "node:url";
import * as v from "valibot";
import type { ResolvedConfig } from "../../core/config/types.ts";
import type { ResolvedPrior } from "../../core/vae/plugin/prior.ts";
import type { EngineInfo } from "../../core/engine/engine.ts";
import { planPipeline } from "../../core/pipeline/plan.ts";
import { type RunOptions, runPlan } from "../../core/pipeline/runner.ts";
import type { Stage } from "../../core/pipeline/stage.ts";
import type { PipelineResult, Plan } from "../../core/pipeline/types.ts";
import { giveEngine } from "../../core/vae/engine_provider.ts";
import { age } from "./_age.ts";
import { axesWith } from "./axes.ts";
import numbers from "./fixtures/numbers.ts";
import scale from "./fixtures/scale.ts";
import total from "./fixtures/total.ts";
import toy from "./fixtures/toy_prior.ts";

export const engine: EngineInfo = { name: "cpu", version: "test" };

/** What runs of a project share. */
export const shared = [giveEngine(engine, { engine: "cpu", threads: 1 })];

/** What a test may say of the config. */
export interface ProjectConfig {
  readonly factors?: readonly number[];
  readonly latentDims?: readonly number[];
  readonly seeds?: readonly number[];
  readonly options?: Readonly<
    Record<string, Readonly<Record<string, unknown>>>
  >;
}

export interface Project {
  readonly folder: string;
  config(given?: ProjectConfig): ResolvedConfig;
  plan(given?: ProjectConfig): Promise<Plan>;
  run(given?: ProjectConfig, options?: RunOptions): Promise<PipelineResult>;
  /** Stages that ran since the last call. */
  calls(): readonly string[];
  /** Edits a source, where the project has its own. */
  edit(file: string, from: string, to: string): void;
  /** The process in which a stage stands still, when one does. */
  held(): Promise<number>;
  /** Lets stages go that stand still, or would. */
  letGo(): void;
}

/** Nothing takes so long. */
const HANGS_MS = 300_000;

/**
 * The project in a folder, with the copies of the fixtures that are there, or
 * else with these themselves.
 */
export function openProject(folder: string): Project {
  const sources = existsSync(join(folder, "total.ts"))
    ? pathToFileURL(join(folder, "/"))
    : new URL("./fixtures/", import.meta.url);
  const urlOf = (file: string) => new URL(file, sources).href;
  const stages: readonly Stage[] = [
    { ...numbers, module: urlOf("numbers.ts") },
    { ...scale, module: urlOf("scale.ts") },
    { ...total, module: urlOf("total.ts") },
  ];
  const prior = (factor: number): ResolvedPrior => ({
    definition: { ...toy.definition, module: urlOf("toy_prior.ts") },
    options: { factor },
    label: `Toy(${factor})`,
  });
  const config = (given: ProjectConfig = {}): ResolvedConfig => ({
    name: "test",
    baseDirectory: folder,
    configFile: null,
    axes: axesWith({
      priors: (given.factors ?? [1, 2]).map(prior),
      latentDims: given.latentDims ?? [2],
      seeds: given.seeds ?? [0],
    }),
    engine: "cpu",
    threads: 1,
    // To start a second worker takes longer than all that these stages do.
    concurrency: 1,
    stages,
    stageOptions: Object.fromEntries(
      stages.map((stage) => [
        stage.name,
        v.parse(stage.options, given.options?.[stage.name] ?? {}),
      ]),
    ),
    outputDirectory: join(folder, "outputs"),
    storeDirectory: join(folder, "outputs", "store"),
    preset: null,
    overrides: [],
  });
  const plan = (given?: ProjectConfig) => planPipeline(config(given), shared);
  return {
    folder,
    config,
    plan,
    run: async (given, options) => await runPlan(await plan(given), options),
    calls: () => {
      const file = join(folder, "calls.log");
      const lines = existsSync(file)
        ? readFileSync(file, "utf8").trim().split("\n")
        : [];
      rmSync(file, { force: true });
      return lines.sort();
    },
    edit: (file, from, to) => {
      const path = join(folder, file);
      const text = readFileSync(path, "utf8");
      if (!text.includes(from)) throw new Error(`${file} has no ${from}`);
      writeFileSync(path, text.replace(from, to));
      age(path);
    },
    held: async () => {
      const file = join(folder, "held");
      for (let ms = 0; ms < HANGS_MS; ms += 10, await delay(10)) {
        // The number is there when its line is.
        const text = existsSync(file) ? readFileSync(file, "utf8") : "";
        if (text.endsWith("\n")) return Number(text);
      }
      throw new Error(`No stage stands still in ${folder}`);
    },
    letGo: () => writeFileSync(join(folder, "go"), ""),
  };
}

/** Why a run is not done: its status, and each error with its stack. */
export function failures(
  { status, trials }: PipelineResult,
): readonly string[] {
  if (status === "done") return [];
  const errors = trials.flatMap(({ stages }) => stages)
    .flatMap(({ title, error }) =>
      error === undefined ? [] : [`${title}: ${error.stack}`]
    );
  return [status, ...errors];
}

/** `train Beta(1,1)` to status and reason, each node once. */
export function summary(
  result: PipelineResult,
): Readonly<Record<string, string>> {
  return Object.fromEntries(
    result.trials.flatMap(({ stages }) => stages).map((stage) => [
      stage.title,
      `${stage.status}: ${stage.reason}`,
    ]),
  );
}
