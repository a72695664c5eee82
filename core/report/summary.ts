/**
 * A result as one JSON value.
 *
 * @module
 */

import { optionsOf } from "../pipeline/trials.ts";
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
  gatherData,
  type Pictures,
  picturesOf,
  type ReportData,
  type RunData,
} from "./data.ts";
import { hidePaths } from "../lib/shown_paths.ts";
import { groupSeeds, spreadOf } from "./over_seeds.ts";
import { reportDirectory, runFile } from "./paths.ts";
import type { ArtifactReader } from "./reader.ts";
import type {
  DatasetSummary,
  EngineSummary,
  ImagesSummary,
  LatentsSummary,
  MemberSummary,
  RunSummary,
  SamplesSummary,
  SeedsSummary,
  StageSummary,
  TestSummary,
  TrainSummary,
} from "./summary_types.ts";

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
  const isCached = result.runs.every(({ stages }) =>
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
    runs: data.runs.map((run) => summariseRun(run, data.plan.config)),
    overSeeds: summariseSeeds(data.runs, data.plan.config),
  };
}

function summariseSeeds(
  runs: readonly RunData[],
  config: PlanInput,
): readonly SeedsSummary[] {
  const groups = groupSeeds(runs, ({ run }) => run);
  return groups.map((group) => {
    const { run } = group[0]!;
    const spread = (value: (data: RunData) => number | undefined) =>
      spreadOf(group.map((data) => value(data) ?? null));
    return {
      label: run.values.prior.label,
      latent: run.values.latentDim,
      matrix: optionsOf(config, run.values),
      seeds: group.map(({ run }) => run.values.seed),
      elbo: spread(({ evaluation }) => evaluation?.elbo.mean),
      reconstruction: spread(({ evaluation }) =>
        evaluation?.reconstruction.mean
      ),
      kl: spread(({ evaluation }) => evaluation?.kl.mean),
      nll: spread(({ evaluation }) => evaluation?.nll?.mean),
      activeUnits: spread(({ latentMetrics }) => latentMetrics?.units.active),
      knn: spread(({ latentMetrics }) => latentMetrics?.knn?.mean),
      probe: spread(({ latentMetrics }) => latentMetrics?.probe?.mean),
      aggregateDistance: spread(({ latentMetrics }) =>
        latentMetrics?.aggregate.distance.mean
      ),
      frechet: spread(({ sampleMetrics }) => sampleMetrics?.frechet),
      precision: spread(({ sampleMetrics }) => sampleMetrics?.precision.mean),
      recall: spread(({ sampleMetrics }) => sampleMetrics?.recall.mean),
    };
  });
}

/** The same numbers, with what became of the stages this time, and where pictures are. */
function withOutcomes(known: RunSummary, result: PipelineResult): RunSummary {
  const runs = known.runs.map((member, index) => {
    const outcome = result.runs[index];
    if (outcome === undefined) return member;
    return {
      ...member,
      stages: outcome.stages.map(summariseStage),
      images: imagePaths(reportDirectory(result.plan), outcome.run, {
        samples: member.images.samples !== null,
        reconstructions: member.images.reconstructions !== null,
      }),
    };
  });
  return { ...known, runs };
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

function summariseRun(data: RunData, config: PlanInput): MemberSummary {
  const { run, error } = data;
  return {
    prior: run.values.prior.definition.name,
    label: run.label,
    priorLabel: run.values.prior.label,
    options: run.values.prior.options,
    latent: run.values.latentDim,
    seed: run.values.seed,
    matrix: optionsOf(config, run.values),
    stages: data.stages.map(summariseStage),
    train: summariseTraining(data),
    test: summariseTest(data),
    latents: summariseLatents(data),
    samples: summariseSamples(data),
    images: imagePaths("", run, picturesOf(data.samples)),
    ...(error === null ? {} : { error }),
  };
}

function summariseStage(stage: StageOutcome): StageSummary {
  const { name, status, reason, ms } = stage;
  return { name, cached: status === "cached", reason, ms };
}

function summariseTraining({ training, trainMs }: RunData): TrainSummary {
  if (training === null) return { steps: null, msPerStep: null, loss: null };
  const { steps, epochs } = training;
  return {
    steps,
    msPerStep: trainMs === null || steps === 0 ? null : trainMs / steps,
    loss: epochs.at(-1)?.loss ?? null,
  };
}

function summariseTest({ evaluation }: RunData): TestSummary {
  return {
    elbo: evaluation?.elbo.mean ?? null,
    reconstruction: evaluation?.reconstruction.mean ?? null,
    kl: evaluation?.kl.mean ?? null,
    nll: evaluation?.nll?.mean ?? null,
    nllSamples: evaluation?.nll?.samples ?? null,
    nllError: evaluation?.nll?.standardError ?? null,
    nllEffectiveSampleSize: evaluation?.nll?.effectiveSampleSize ?? null,
    nllSweep: evaluation?.nll?.sweep ?? [],
    binarization: evaluation?.binarization ?? null,
  };
}

function summariseLatents({ latentMetrics }: RunData): LatentsSummary | null {
  if (latentMetrics === null) return null;
  const { missing: _missing, ...figures } = latentMetrics;
  return figures;
}

function summariseSamples({ sampleMetrics }: RunData): SamplesSummary | null {
  if (sampleMetrics === null) return null;
  const { samples: _samples, nearest: _nearest, ...copying } =
    sampleMetrics.copying;
  return { ...sampleMetrics, copying };
}

function imagePaths(
  directory: string,
  run: Trial,
  pictures: Pictures,
): ImagesSummary {
  const { samples, reconstructions } = pictures;
  return {
    samples: samples ? join(directory, runFile(run, "samples")) : null,
    reconstructions: reconstructions
      ? join(directory, runFile(run, "reconstructions"))
      : null,
  };
}
