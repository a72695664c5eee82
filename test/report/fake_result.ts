/** A whole result with made-up artifacts, for tests of the report. @module */

import { axesWith } from "../pipeline/axes.ts";
import { join } from "node:path";
import * as v from "valibot";
import type { ResolvedPrior } from "../../core/vae/plugin/prior.ts";
import type {
  PipelineResult,
  Plan,
  StageNode,
  StageOutcome,
  Trial,
} from "../../core/pipeline/types.ts";
import type { Stage } from "../../core/pipeline/stage.ts";
import type { ArtifactReader } from "../../core/report/mod.ts";
import { parts } from "../vae/parts.ts";
import {
  fakeDataset,
  fakeEvaluation,
  fakeMetrics,
  type FakeOptions,
  fakeSamples,
  fakeTraining,
} from "./fake_artifacts.ts";

/** A result and a store that has its artifacts. */
export interface Fake {
  readonly result: PipelineResult;
  readonly store: ArtifactReader;
  /** Keys that were read, in order. */
  readonly reads: string[];
}

const LABELS = [
  "Gaussian(0,1)",
  "Gaussian(1,2)",
  "Beta(1,1)",
  "Gamma(3,2)",
];

/** Makes a result of four stages a run, the first one shared. */
export function fakeResult(options: FakeOptions): Fake {
  const { labels = LABELS, stages: names = STAGES } = options;
  const nodes = new Map<string, StageNode>();
  const artifacts = new Map<string, Readonly<Record<string, unknown>>>();
  const stages = names.map((name, index) => fakeStage(name, index, options));
  const load = fakeNode("load", stages[0]!, { inputs: {} });
  nodes.set(load.key, load);
  artifacts.set(load.key, { dataset: fakeDataset(options) });
  const priors = labels.map(fakePrior);
  const trials = labels.map((label, index): Trial => {
    const prior = priors[index]!;
    const train = fakeNode(`train-${index}`, stages[1]!, {
      inputs: { dataset: load.key },
      prior,
    });
    const inputs = { training: train.key, dataset: load.key };
    const sample = fakeNode(`sample-${index}`, stages[2]!, { inputs, prior });
    const evaluate = fakeNode(`evaluate-${index}`, stages[3]!, {
      inputs,
      prior,
    });
    for (const node of [train, sample, evaluate]) nodes.set(node.key, node);
    artifacts.set(train.key, { training: fakeTraining(index, options) });
    artifacts.set(sample.key, { samples: fakeSamples(index) });
    artifacts.set(evaluate.key, {
      evaluation: fakeEvaluation(index, options),
      ...(options.metrics ? fakeMetrics(index) : {}),
      ...options.measured,
      exploration: options.explored?.(index),
    });
    return {
      id: `run-${index}`,
      label,
      group: label,
      values: {
        prior,
        ...parts(),
        latentDim: 20,
        seed: options.seeds?.[index] ?? 0,
      },
      nodes: [load.key, train.key, sample.key, evaluate.key],
    };
  });
  const plan: Plan = {
    id: "default-1a2b3c4d",
    shared: {
      engine: {
        wanted: "auto",
        threads: 1,
        name: options.fallbackReason === undefined ? "native" : "wasm",
        version: "tensorflow 2.21.0, tfjs-node 4.22.0",
        ...(options.fallbackReason === undefined
          ? {}
          : { fallbackReason: options.fallbackReason }),
      },
    },
    config: {
      name: "default",
      baseDirectory: "/project",
      configFile: "/project/pipeline.config.ts",
      axes: axesWith({ priors }),
      concurrency: null,
      threads: 1,
      stages,
      stageOptions: {
        [names[1]]: {
          epochs: options.epochs ?? 20,
          batchSize: 128,
          ...options.options,
        },
      },
      outputDirectory: options.outputDirectory,
      storeDirectory: join(options.outputDirectory, "store"),
      overrides: [],
      preset: options.preset ?? null,
    },
    nodes,
    trials,
  };
  const failed = options.failing !== undefined;
  const result: PipelineResult = {
    plan,
    trials: trials.map((trial, index) => ({
      trial,
      stages: trial.nodes.map((key) =>
        outcome(nodes.get(key)!, index, options)
      ),
    })),
    warnings: options.warnings ?? [],
    status: failed ? "failed" : "done",
  };
  const reads: string[] = [];
  const read = (key: string) => {
    reads.push(key);
    const found = artifacts.get(key);
    if (found === undefined) throw new Error(`No artifact ${key}`);
    return Promise.resolve(found);
  };
  return { result, store: { read }, reads };
}

const STAGES = ["load_mnist", "train", "sample", "evaluate"] as const;
const GIVES = [
  ["dataset"],
  ["training"],
  ["samples"],
  ["evaluation", "exploration"],
];

function fakeStage(
  name: string,
  index: number,
  { metrics = false, measured }: FakeOptions,
): Stage {
  return {
    kind: "stage",
    name,
    version: 1,
    module: `file:///project/${name}.ts`,
    description: name,
    options: v.strictObject({}),
    inputs: [],
    outputs: (metrics || measured !== undefined) && index === 3
      ? [...GIVES[index]!, "latentMetrics", "sampleMetrics"]
      : GIVES[index]!,
    params: [],
    run: () => Promise.reject(new Error("A fake does not run")),
  };
}

function fakePrior(label: string): ResolvedPrior {
  const definition = {
    name: label.split("(")[0]!.toLowerCase(),
    version: "1.0.0",
    apiVersion: 1,
    module: "file:///project/prior.ts",
    description: "A made-up prior",
    options: v.strictObject({}),
    create: () => {
      throw new Error("A fake is not built");
    },
  } as ResolvedPrior["definition"];
  return { definition, options: { mean: 1, note: "<none>" }, label };
}

function fakeNode(
  key: string,
  stage: Stage,
  { inputs, prior }: {
    inputs: Readonly<Record<string, string>>;
    prior?: ResolvedPrior;
  },
): StageNode {
  const title = prior === undefined
    ? stage.name
    : `${stage.name} ${prior.label}`;
  return {
    key,
    fields: {},
    stage,
    options: {},
    given: [],
    inputs,
    title,
  };
}

function outcome(
  node: StageNode,
  run: number,
  options: FakeOptions,
): StageOutcome {
  const base = { key: node.key, name: node.stage.name, title: node.title };
  if (run === options.failing && node.key.startsWith("train")) {
    const error = new Error("Loss is NaN at step 12 <script>");
    return { ...base, status: "failed", reason: "new", ms: 40, error };
  }
  if (run === options.failing && node.key !== "load") {
    return { ...base, status: "skipped", reason: "train failed", ms: 0 };
  }
  const directory = options.directories?.[node.key];
  return {
    ...base,
    status: options.status ?? "done",
    reason: options.status === "cached" ? "unchanged" : "new",
    ms: node.key.startsWith("train") ? 46_900 : 1200,
    ...(directory === undefined ? {} : { directory }),
  };
}
