/**
 * Everything the report shows, gathered once from a result and its artifacts.
 *
 * @module
 */

import type { Dataset } from "../../datasets/mod.ts";
import type { Exploration } from "../vae/latent/exploration.ts";
import type { Samples, Training } from "../vae/model/artifacts.ts";
import type {
  PipelineResult,
  Plan,
  StageOutcome,
  Trial,
  TrialOutcome,
} from "../pipeline/types.ts";
import { hidePaths } from "../lib/shown_paths.ts";
import { sha256 } from "../lib/files.ts";
import { compareFigures, type FigureComparison } from "../vae/compared.ts";
import { shapeOfImage } from "../lib/image_shape.ts";
import { conditionsOf, figuresOf, TEST_SET } from "../vae/figures.ts";
import type {
  Conditions,
  FigureValues,
  Measured,
} from "../vae/figures/figure.ts";
import { type ArtifactReader, findSource, readArtifact } from "./reader.ts";

/** A data set without its images. */
interface DatasetInfo {
  readonly name: string;
  /** One line: where it was read from. */
  readonly source: string;
  /** Procedurally drawn digits, not real data. */
  readonly synthetic: boolean;
  readonly height: number;
  readonly width: number;
  /** 3 where images have colours. */
  readonly channels?: number;
  /** Number of training images. */
  readonly train: number;
  /** Number of test images. */
  readonly test: number;
  /** sha256 of the test images with their labels: figures compare where it is the same. */
  readonly testSet: string;
}

/** A training without its weights. */
type TrainingInfo = Omit<Training, "weights" | "best">;

/** One trial with what its stages gave; null where they did not. */
export interface TrialData {
  readonly trial: Trial;
  readonly stages: readonly StageOutcome[];
  readonly dataset: DatasetInfo | null;
  readonly training: TrainingInfo | null;
  /** Time that training took, in milliseconds. */
  readonly trainMs: number | null;
  readonly samples: Samples | null;
  readonly measured: Measured;
  readonly figures: FigureValues;
  readonly conditions: Conditions;
  readonly exploration: Exploration | null;
  /** Folder of the artifact that holds the training, for its metrics. */
  readonly trainingDirectory: string | null;
  /** Folder of the artifact that holds the samples, for its pictures. */
  readonly samplesDirectory: string | null;
  /** What failed: `train Mine(1,2): ...`. */
  readonly error: string | null;
}

/** Everything the report shows; texts are without paths of this machine. */
export interface ReportData {
  readonly plan: Plan;
  readonly status: PipelineResult["status"];
  readonly warnings: readonly string[];
  /** The data set of the first trial that has one. */
  readonly dataset: DatasetInfo | null;
  readonly trials: readonly TrialData[];
  /** Configurations by each figure that has a best. */
  readonly comparisons: readonly FigureComparison[];
}

/** Which pictures can be drawn of a trial. */
export interface Pictures {
  readonly samples: boolean;
  readonly reconstructions: boolean;
}

/** Which pictures these samples make; a stage may give no reconstructions. */
export function picturesOf(samples: Samples | null): Pictures {
  return {
    samples: (samples?.generated.count ?? 0) > 0,
    reconstructions: (samples?.originals.count ?? 0) > 0,
  };
}

/** Reads what the report shows, each shared artifact once, without weights. */
export async function gatherData(
  result: PipelineResult,
  reader: ArtifactReader,
): Promise<ReportData> {
  const datasets = new Map<string, DatasetInfo | null>();
  const trials: TrialData[] = [];
  // One after the other: a training holds all its weights while it is read.
  for (const outcome of result.trials) {
    trials.push(await gatherTrial(result.plan, outcome, reader, datasets));
  }
  const { baseDirectory } = result.plan.config;
  return {
    plan: result.plan,
    status: result.status,
    warnings: result.warnings.map((text) => hidePaths(text, baseDirectory)),
    dataset: trials.find((trial) => trial.dataset !== null)?.dataset ?? null,
    trials,
    comparisons: await compareFigures(
      trials.map(({ trial: { group }, ...trial }) => ({ group, ...trial })),
    ),
  };
}

async function gatherTrial(
  plan: Plan,
  outcome: TrialOutcome,
  reader: ArtifactReader,
  datasets: Map<string, DatasetInfo | null>,
): Promise<TrialData> {
  const sources = {
    dataset: findSource(plan, outcome, "dataset"),
    training: findSource(plan, outcome, "training"),
    samples: findSource(plan, outcome, "samples"),
    evaluation: findSource(plan, outcome, "evaluation"),
    latentMetrics: findSource(plan, outcome, "latentMetrics"),
    sampleMetrics: findSource(plan, outcome, "sampleMetrics"),
    exploration: findSource(plan, outcome, "exploration"),
  };
  const datasetKey = sources.dataset?.key ?? "";
  if (!datasets.has(datasetKey)) {
    const dataset = await readArtifact(reader, sources.dataset, "dataset");
    datasets.set(datasetKey, dataset && describeDataset(dataset));
  }
  const read = <Name extends keyof typeof sources>(name: Name) =>
    readArtifact(reader, sources[name], name);
  // Side by side: a store that is elsewhere takes its time to answer.
  const [
    training,
    samples,
    evaluation,
    latentMetrics,
    sampleMetrics,
    exploration,
  ] = await Promise.all([
    read("training"),
    read("samples"),
    read("evaluation"),
    read("latentMetrics"),
    read("sampleMetrics"),
    read("exploration"),
  ]);
  const dataset = datasets.get(datasetKey) ?? null;
  const measured = { evaluation, latentMetrics, sampleMetrics };
  const failed = outcome.stages.find((stage) => stage.status === "failed");
  const plain = (text: string) => hidePaths(text, plan.config.baseDirectory);
  return {
    trial: outcome.trial,
    stages: outcome.stages.map((stage) => ({
      ...stage,
      reason: plain(stage.reason),
    })),
    dataset,
    training: training && withoutWeights(training),
    trainMs: training && (sources.training?.outcome.ms ?? null),
    samples,
    measured,
    figures: figuresOf(measured),
    conditions: {
      ...conditionsOf(measured),
      ...(dataset === null ? {} : { [TEST_SET]: dataset.testSet }),
    },
    exploration,
    trainingDirectory: sources.training?.outcome.directory ?? null,
    samplesDirectory: sources.samples?.outcome.directory ?? null,
    error: failed
      ? `${failed.title}: ${plain(failed.error?.message ?? failed.reason)}`
      : null,
  };
}

function describeDataset(dataset: Dataset): DatasetInfo {
  const { name, source, synthetic } = dataset;
  return {
    name,
    source,
    synthetic,
    ...shapeOfImage(dataset),
    train: dataset.train.count,
    test: dataset.test.count,
    testSet: sha256(
      Buffer.concat([dataset.test.images, dataset.test.labels]),
    ),
  };
}

function withoutWeights(training: Training): TrainingInfo {
  const { weights: _weights, best: _best, ...info } = training;
  return info;
}
