/** A whole result with made-up artifacts, for tests of the report. @module */

import { axesWith } from "../pipeline/axes.ts";
import { join } from "node:path";
import * as v from "valibot";
import type { ResolvedPrior } from "../../core/vae/config.ts";
import type { Exploration } from "../../core/vae/latent/exploration.ts";
import type {
  EpochRecord,
  Samples,
  Training,
} from "../../core/vae/model/artifacts.ts";
import type { Evaluation } from "../../core/mod.ts";
import type { Artifacts } from "../../core/pipeline/artifacts.ts";
import type {
  PipelineResult,
  Plan,
  StageNode,
  StageOutcome,
  Trial,
} from "../../core/pipeline/types.ts";
import type { Stage } from "../../core/pipeline/stage.ts";
import type { ArtifactReader } from "../../core/report/mod.ts";
import type { Measured } from "../../core/vae/figures/figure.ts";
import type { Dataset } from "../../datasets/mod.ts";
import { fakeImages } from "../picture/fake_images.ts";
import { parts } from "../vae/parts.ts";

/** What to make. */
export interface FakeOptions {
  readonly outputDirectory: string;
  readonly labels?: readonly string[];
  /** Seeds of the runs, by their index; default 0 for all. */
  readonly seeds?: readonly number[];
  readonly synthetic?: boolean;
  readonly binarization?: Evaluation["binarization"];
  readonly epochs?: number;
  readonly preset?: string | null;
  readonly warnings?: readonly string[];
  readonly fallbackReason?: string;
  /** Index of the run whose `train` fails. */
  readonly failing?: number;
  /** Whether latents and samples were measured, too. */
  readonly metrics?: boolean;
  /** What was measured of every run, in place of made-up figures. */
  readonly measured?: Measured;
  /** Index of the run that has no densities. */
  readonly withoutDensities?: number;
  /** Index of the run whose KL is an estimate. */
  readonly estimating?: number;
  readonly status?: StageOutcome["status"];
  /** What explored each run, by index. */
  readonly explored?: (run: number) => Exploration;
  /** Names of the stages, in the order load, train, sample, evaluate. */
  readonly stages?: readonly [string, string, string, string];
  /** Options of the stage that trains, beside its epochs. */
  readonly options?: Readonly<Record<string, unknown>>;
  /** Folders of artifacts, by key. */
  readonly directories?: Readonly<Record<string, string>>;
}

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

function fakeDataset({ synthetic = false }: FakeOptions): Dataset {
  const set = (count: number) => ({
    count,
    images: new Uint8Array(0),
    labels: new Uint8Array(0),
  });
  return {
    name: synthetic ? "synthetic" : "mnist",
    source: synthetic ? "drawn by the program" : "folder datasets/mnist",
    synthetic,
    height: 28,
    width: 28,
    train: set(60_000),
    test: set(10_000),
  };
}

/** Where a run's curve ends, in nats. */
function final(run: number): { reconstruction: number; kl: number } {
  const totals = [99.12, 99.61, 104.93, 101.37];
  const kl = 25.31 - run;
  return { reconstruction: (totals[run % 4] ?? 0) + (run >> 2) - kl, kl };
}

function fakeTraining(
  run: number,
  { epochs = 20, binarization = "dynamic" }: FakeOptions,
): Training {
  const { reconstruction, kl } = final(run);
  const records = Array.from({ length: epochs }, (_, index): EpochRecord => {
    const far = 1 / (index + 1);
    const record = {
      epoch: index + 1,
      step: (index + 1) * 469,
      reconstruction: reconstruction + 62 * far - 3,
      kl: kl - 6 * far,
      learningRate: 1e-3,
      klWeight: 1,
    };
    const loss = record.reconstruction + record.kl;
    return { ...record, loss, validation: loss + 1 + index / 10 };
  });
  return {
    architecture: {
      inputSize: 784,
      image: { height: 28, width: 28, channels: 1 },
      latentDim: 20,
      latentWidth: 20,
      head: { mean: 20, logVariance: 20 },
    },
    weights: { secret: { shape: [1], data: new Float32Array(1) } },
    best: {},
    bestEpoch: epochs,
    epochs: records,
    steps: epochs * 469,
    pixels: "binary",
    binarization,
    execution: { compiled: true },
  };
}

function fakeSamples(run: number): Samples {
  return {
    generated: fakeImages(64, { seed: run + 1 }),
    latents: new Float32Array(64 * 20),
    originals: fakeImages(20, { seed: 100 }),
    reconstructions: fakeImages(20, { seed: 100 }),
  };
}

/** Figures that differ from run to run; the third has no KL by dimension. */
function fakeMetrics(run: number): Pick<
  Artifacts,
  "latentMetrics" | "sampleMetrics"
> {
  const estimate = (mean: number, standardError: number) => ({
    mean,
    standardError,
  });
  return {
    latentMetrics: {
      units: { active: 18 - run, activity: [0.9, 0.5, 0.001] },
      klByDimension: run === 2
        ? null
        : [0.5, 2.25, 1.125, 0.01].map((kl) => estimate(kl, 0.01)),
      knn: { ...estimate(0.9512 - run / 100, 0.0022), k: 5 },
      probe: estimate(0.8734, 0.0033),
      trainImages: 10_000,
      testImages: 10_000,
      aggregate: {
        distance: estimate(0.271 + run / 10, 0.004),
        floor: estimate(0.061, 0.001),
        draws: 1000,
        groups: 10,
      },
      missing: run === 2 ? ["KL by dimension: there is none"] : [],
    },
    sampleMetrics: {
      samples: 5000,
      frechet: 12.34 + run,
      frechetFloor: 0.56,
      precision: estimate(0.8123, 0.0055),
      recall: estimate(0.4321, 0.007),
      neighbours: 3,
      vendi: 6.78,
      vendiOfTest: 8.9,
      classEntropy: 2.211,
      classEntropyOfTest: 2.301,
      copying: {
        probability: estimate(0.5123, 0.03),
        distance: estimate(5.67, 0.08),
        distanceOfUnseen: estimate(5.71, 0.09),
        images: 200,
        samples: fakeImages(20, { seed: 7 }),
        nearest: fakeImages(20, { seed: 8 }),
      },
      classifierAccuracy: estimate(0.9789, 0.0014),
    },
  };
}

function fakeEvaluation(
  run: number,
  { binarization = "dynamic", withoutDensities, estimating }: FakeOptions,
): Evaluation {
  const { reconstruction, kl } = final(run);
  const estimate = (mean: number, standardError: number) => ({
    mean,
    standardError,
  });
  const bare = run === withoutDensities || binarization === "grey";
  return {
    images: 10_000,
    elbo: estimate(-(reconstruction + kl), 0.24),
    reconstruction: estimate(reconstruction, 0.22),
    kl: estimate(kl, 0.05),
    divergence: run === estimating ? "estimate" : "closed-form",
    nll: bare ? null : {
      ...estimate(reconstruction + kl - 4.2, 0.75),
      samples: 500,
      images: 1000,
      effectiveSampleSize: 31.4,
      samplingError: 0.011,
      sweep: [
        { samples: 1, ...estimate(reconstruction + kl, 0.78) },
        { samples: 500, ...estimate(reconstruction + kl - 4.2, 0.75) },
      ],
    },
    missing: bare ? [`NLL: prior "made-up" exports no densities`] : [],
    pixels: "binary",
    binarization,
  };
}
