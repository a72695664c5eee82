/** Records made up for tests. @module */

import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type {
  RunRecord,
  StageRecord,
  TrialRecord,
} from "../../core/runs/record.ts";
import { sha256 } from "../../core/lib/files.ts";

/** What a test may say of a record. */
export interface FakeRecordOptions {
  readonly run?: string;
  readonly epochs?: number;
  readonly priors?: readonly string[];
  readonly elbo?: number;
  readonly status?: RunRecord["status"];
  readonly ended?: string;
  readonly node?: string;
  readonly data?: string;
  readonly binarization?: string;
  readonly samples?: number;
  readonly testSet?: string;
  /** Distinguishes results of the same keys. */
  readonly results?: string;
}

/** A record with a trial for each prior and the stages `load` and `train`. */
export function fakeRecord(options: FakeRecordOptions = {}): RunRecord {
  const { epochs = 20, priors = ["gaussian", "beta"], data = "digits" } =
    options;
  const load = stage("load", { "input.digits": data }, options);
  const trainings = priors.map((prior) =>
    stage("train", {
      "option.epochs": String(epochs),
      prior,
      "needs.dataset": load.key,
    }, options)
  );
  return {
    format: "vae-priors-run",
    version: 3,
    run: options.run ?? "default-1a2b3c4d",
    status: options.status ?? "done",
    started: "2026-01-02T03:04:05.000Z",
    ended: options.ended ?? "2026-01-02T03:06:05.000Z",
    command: ["vae-priors", "run"],
    config: {
      name: "default",
      priors: priors.map((prior) => [prior, { strength: 1 }]),
      networks: [["mlp", {}]],
      likelihoods: [["bernoulli", {}]],
      objectives: [["elbo", {}]],
      matrix: {},
      latentDim: 20,
      train: { epochs },
    },
    laid: { configFile: "/project/a.json", preset: null, overrides: [] },
    places: { base: "/project", outputs: "/project/o", store: "/project/o/s" },
    environment: {
      program: "0.1.0",
      node: options.node ?? "20.20.0",
      system: "linux x64",
      packages: { "@tensorflow/tfjs": "4.22.0" },
      engine: {
        wanted: "auto",
        name: "wasm",
        version: "1",
        threads: 1,
        fallbackReason: null,
      },
    },
    plugins: priors.map((name) => ({
      kind: "prior",
      name,
      version: "1.0.0",
      module: name,
      digest: sha256(name),
    })),
    data: { digits: sha256(data) },
    git: { commit: sha256("git").slice(0, 40), branch: "main", dirty: false },
    trials: priors.map((prior, i) =>
      trial(prior, [load.key, trainings[i]!.key], options)
    ),
    stages: [load, ...trainings],
    warnings: ["digits are drawn"],
  };
}

/** Puts a record where a run would. */
export function writeRecord(outputs: string, record: RunRecord): string {
  const folder = join(outputs, "runs", record.run);
  mkdirSync(folder, { recursive: true });
  const file = join(folder, "record.json");
  writeFileSync(file, JSON.stringify(record));
  return file;
}

function stage(
  name: string,
  own: Readonly<Record<string, string>>,
  { results = "a" }: FakeRecordOptions,
): StageRecord {
  const fields = { stage: name, ...own };
  const key = sha256(JSON.stringify(fields));
  return {
    key,
    name,
    title: own.prior === undefined ? name : `${name} ${own.prior}`,
    status: "done",
    reason: "new",
    ms: 1200,
    fields,
    digest: sha256(`${results} ${key}`),
    bytes: 1_500_000,
  };
}

function trial(
  prior: string,
  stages: readonly string[],
  options: FakeRecordOptions,
): TrialRecord {
  const figure = (value: number, error: number) => ({ value, error });
  const elbo = options.elbo ?? -100;
  return {
    id: `${prior}-1`,
    label: `${prior[0]!.toUpperCase()}${prior.slice(1)}(1)`,
    prior,
    options: { strength: 1 },
    matrix: {},
    latentDim: 20,
    seed: 0,
    stages: [...stages],
    figures: {
      elbo: figure(elbo, 0.3),
      reconstruction: figure(-elbo - 25, 0.2),
      kl: figure(25, 0.1),
      nll: figure(-elbo - 4, 0.5),
    },
    conditions: {
      nllSamples: options.samples ?? 500,
      binarization: options.binarization ?? "dynamic",
      testImages: 10_000,
      ...options.testSet === undefined ? {} : { testSet: options.testSet },
    },
  };
}
