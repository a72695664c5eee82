/**
 * A result as one JSON value.
 *
 * @module
 */

import { matrixOf, partLabels } from "../vae/matrix.ts";
import type { PlanInput } from "../pipeline/types.ts";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import type {
  PipelineResult,
  Plan,
  StageOutcome,
  Trial,
} from "../pipeline/types.ts";
import {
  type Pictures,
  picturesOf,
  type ReportData,
  type TrialData,
} from "./data.ts";
import { gatherData } from "./gather_data.ts";
import { hidePaths } from "../lib/shown_paths.ts";
import { groupSeeds, type Spread, spreadOf } from "./over_seeds.ts";
import { reportDirectory, trialFile } from "./paths.ts";
import type { ArtifactReader } from "./reader.ts";
import type {
  DatasetSummary,
  EngineSummary,
  ImagesSummary,
  RunSummary,
  SearchSummary,
  SeedsSummary,
  StageSummary,
  TrainSummary,
  TrialSummary,
} from "./summary_types.ts";
import { type FigureName, FIGURES } from "../vae/figures.ts";
import { summariseEvaluation } from "../vae/figures/evaluation.ts";
import { summariseLatents } from "../vae/figures/latents.ts";
import { summariseSamples } from "../vae/figures/samples.ts";

/**
 * Summarises a result. Where its report was written just now, or all of it was
 * cached, its numbers are those in the file `report.summary`, which
 * `writeReport` has seen to; the artifacts are not read again.
 *
 * @throws Whatever the store throws for an artifact that it ought to have.
 */
export async function summarise(
  result: PipelineResult,
  store: ArtifactReader,
  report?: { readonly summary: string; readonly written: boolean },
): Promise<RunSummary> {
  const isCached = result.trials.every(({ stages }) =>
    stages.every(({ status }) => status === "cached")
  );
  const known = report !== undefined && (report.written || isCached)
    ? await readFile(report.summary, "utf8").catch(() => null)
    : null;
  return withOutcomes(
    known === null
      ? summariseData(await gatherData(result, store))
      : JSON.parse(known) as RunSummary,
    result,
  );
}

/** Summarises what was gathered from a result; paths are from the report's folder. */
export function summariseData(data: ReportData): RunSummary {
  return {
    run: data.plan.id,
    dataset: data.dataset && summariseDataset(data.dataset),
    engine: summariseEngine(data.plan),
    trials: data.trials.map((trial) => summariseTrial(trial, data.plan.config)),
    overSeeds: summariseSeeds(data.trials, data.plan.config),
    comparisons: data.comparisons,
    search: summariseSearch(data.plan),
  };
}

function summariseSearch({ searched }: Plan): SearchSummary | null {
  if (searched === undefined) return null;
  const { stage, over, rungs, measure, configurations, next, config } =
    searched;
  const { reduction } = config.search!;
  return { stage, over, rungs, reduction, measure, configurations, next };
}

function summariseSeeds(
  trials: readonly TrialData[],
  config: PlanInput,
): readonly SeedsSummary[] {
  const groups = groupSeeds(trials, ({ trial }) => trial);
  return groups.map((group) => {
    const { trial } = group[0]!;
    const spreads = FIGURES.map(({ name }) => [
      name,
      spreadOf(group.map(({ figures }) => figures[name]?.value ?? null)),
    ]);
    return {
      label: trial.values.prior.label,
      group: trial.group,
      latent: trial.values.latentDim,
      matrix: matrixOf(config, trial.values),
      seeds: group.map(({ trial }) => trial.values.seed),
      ...Object.fromEntries(spreads) as Record<FigureName, Spread | null>,
    };
  });
}

/** The same numbers, with what became of the stages this time, and where pictures are. */
function withOutcomes(known: RunSummary, result: PipelineResult): RunSummary {
  const trials = known.trials.map((trial, index) => {
    const outcome = result.trials[index];
    if (outcome === undefined) return trial;
    return {
      ...trial,
      stages: outcome.stages.map(summariseStage),
      images: imagePaths(reportDirectory(result.plan), outcome.trial, {
        samples: trial.images.samples !== null,
        reconstructions: trial.images.reconstructions !== null,
      }),
    };
  });
  return { ...known, trials };
}

function summariseDataset(dataset: DatasetSummary): DatasetSummary {
  const { name, synthetic, source, train, test } = dataset;
  return { name, synthetic, source, train, test };
}

function summariseEngine(plan: Plan): EngineSummary {
  const { name, version, fallbackReason } = plan.shared.engine;
  return {
    name,
    version,
    fallbackReason: fallbackReason === undefined
      ? null
      : hidePaths(fallbackReason, plan.config.baseDirectory),
  };
}

function summariseTrial(data: TrialData, config: PlanInput): TrialSummary {
  const { trial, error, measured, figures, conditions } = data;
  return {
    prior: trial.values.prior.definition.name,
    label: trial.label,
    group: trial.group,
    priorLabel: trial.values.prior.label,
    ...partLabels(trial.values),
    options: trial.values.prior.options,
    latent: trial.values.latentDim,
    seed: trial.values.seed,
    matrix: matrixOf(config, trial.values),
    stages: data.stages.map(summariseStage),
    train: summariseTraining(data),
    figures,
    conditions,
    test: summariseEvaluation(measured.evaluation),
    latents: summariseLatents(measured.latentMetrics),
    samples: summariseSamples(measured.sampleMetrics),
    images: imagePaths("", trial, picturesOf(data.samples)),
    ...(error === null ? {} : { error }),
  };
}

function summariseStage(stage: StageOutcome): StageSummary {
  const { name, status, reason, ms } = stage;
  return { name, cached: status === "cached", reason, ms };
}

function summariseTraining({ training, trainMs }: TrialData): TrainSummary {
  if (training === null) return { steps: null, msPerStep: null, loss: null };
  const { steps, epochs } = training;
  return {
    steps,
    msPerStep: trainMs === null || steps === 0 ? null : trainMs / steps,
    loss: epochs.at(-1)?.loss ?? null,
  };
}

function imagePaths(
  directory: string,
  trial: Trial,
  pictures: Pictures,
): ImagesSummary {
  const { samples, reconstructions } = pictures;
  return {
    samples: samples ? join(directory, trialFile(trial, "samples")) : null,
    reconstructions: reconstructions
      ? join(directory, trialFile(trial, "reconstructions"))
      : null,
  };
}
