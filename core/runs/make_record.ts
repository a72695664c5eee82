/**
 * Makes the record of a plan, before it runs and after.
 *
 * @module
 */

import { matrixOf } from "../vae/matrix.ts";
import { basename } from "node:path";
import { ownCommand } from "../lib/credentials.ts";
import { canonicalJson } from "../pipeline/key/canonical.ts";
import { isMade } from "../pipeline/status.ts";
import type { PipelineResult, Plan, StageOutcome } from "../pipeline/types.ts";
import { hidePaths, shownPath } from "../lib/shown_paths.ts";
import { sha256 } from "../lib/files.ts";
import type { ArtifactManifest, ArtifactStore } from "../store/store.ts";
import { configForm } from "./config_form.ts";
import { describeEnvironment, describeGit } from "./environment.ts";
import type { RunRecord, StageRecord, TrialRecord } from "./record.ts";
import { RECORD_FORMAT, RECORD_VERSION } from "./_record_schema.ts";
import { dataOf, pluginsOf } from "./sources.ts";

/** The record of a plan that is about to run. */
export async function beginRecord(plan: Plan): Promise<RunRecord> {
  const { config } = plan;
  const base = config.baseDirectory;
  const nodes = [...plan.nodes.values()];
  return {
    format: RECORD_FORMAT,
    version: RECORD_VERSION,
    run: plan.id,
    status: "running",
    started: new Date().toISOString(),
    ended: null,
    command: ownCommand().map((word) => hidePaths(word, base)),
    config: configForm(plan),
    laid: {
      configFile: config.configFile && shownPath(config.configFile, base),
      preset: config.preset,
      overrides: config.overrides.map(({ path, value }) => ({
        path: [...path],
        value,
      })),
    },
    places: {
      base: basename(base),
      outputs: shownPath(config.outputDirectory, base),
      store: shownPath(config.storeDirectory, base),
    },
    environment: describeEnvironment(plan),
    plugins: pluginsOf(plan),
    data: dataOf(plan),
    git: await describeGit(base),
    trials: plan.trials.map((trial) => ({
      id: trial.id,
      label: trial.label,
      prior: trial.values.prior.definition.name,
      options: trial.values.prior.options,
      latentDim: trial.values.latentDim,
      seed: trial.values.seed,
      matrix: matrixOf(config, trial.values),
      stages: [...trial.nodes],
      figures: {},
      conditions: {},
    })),
    stages: nodes.map(({ key, stage, title, fields }) => ({
      key,
      name: stage.name,
      title,
      status: "pending" as const,
      reason: "",
      ms: 0,
      fields,
      digest: null,
      bytes: 0,
    })),
    warnings: [],
  };
}

/** The same record with what came of the run, and what was measured of its trials. */
export async function endRecord(
  begun: RunRecord,
  result: PipelineResult,
  { store, measured }: {
    readonly store: ArtifactStore;
    readonly measured: readonly Pick<TrialRecord, "figures" | "conditions">[];
  },
): Promise<RunRecord> {
  const outcomes = new Map(
    result.trials.flatMap(({ stages }) =>
      stages.map((stage) => [stage.key, stage] as const)
    ),
  );
  const { baseDirectory } = result.plan.config;
  const plain = (text: string) => hidePaths(text, baseDirectory);
  // Side by side: a store that is elsewhere takes its time to answer.
  const stages = await Promise.all(
    begun.stages.map((stage) =>
      endStage(stage, outcomes.get(stage.key), { store, plain })
    ),
  );
  const trials = begun.trials.map((trial, i): TrialRecord => {
    const { figures = {}, conditions = {} } = measured[i] ?? {};
    return { ...trial, figures, conditions };
  });
  return {
    ...begun,
    status: result.status,
    ended: new Date().toISOString(),
    stages,
    trials,
    warnings: result.warnings.map(plain),
  };
}

/** One digest of all files of an artifact: equal where it is bit for bit the same. */
export function artifactDigest({ files }: ArtifactManifest): string {
  return sha256(canonicalJson(files, "the files of an artifact"));
}

/** Bytes of an artifact's files. */
function artifactBytes({ files }: ArtifactManifest): number {
  return Object.values(files).reduce((sum, { size }) => sum + size, 0);
}

async function endStage(
  stage: StageRecord,
  outcome: StageOutcome | undefined,
  { store, plain }: {
    readonly store: ArtifactStore;
    readonly plain: (text: string) => string;
  },
): Promise<StageRecord> {
  if (outcome === undefined) return stage;
  const { status, reason, ms, error } = outcome;
  const ended = {
    ...stage,
    status,
    reason: plain(reason),
    ms,
    ...(error === undefined ? {} : { error: plain(error.message) }),
  };
  if (!isMade(outcome)) return ended;
  const found = await store.inspect({ stage: stage.name, key: stage.key });
  return found.status !== "hit" ? ended : {
    ...ended,
    digest: artifactDigest(found.manifest),
    bytes: artifactBytes(found.manifest),
  };
}
