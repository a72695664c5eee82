/**
 * Gathers what the report shows, once, from a result and its artifacts.
 *
 * @module
 */

import type { Dataset } from "../../datasets/mod.ts";
import type { Training } from "../vae/model/artifacts.ts";
import type { PipelineResult, Plan, TrialOutcome } from "../pipeline/types.ts";
import { hidePaths } from "../lib/shown_paths.ts";
import { sha256 } from "../lib/files.ts";
import { compareFigures } from "../vae/compared.ts";
import { shapeOfImage } from "../lib/image_shape.ts";
import { conditionsOf, figuresOf, TEST_SET } from "../vae/figures.ts";
import type {
  DatasetInfo,
  ReportData,
  TrainingInfo,
  TrialData,
} from "./data.ts";
import { type ArtifactReader, findSource, readArtifact } from "./reader.ts";

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
