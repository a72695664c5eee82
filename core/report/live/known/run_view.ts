/**
 * What is known of a run and of its trials.
 *
 * @module
 */

import { existsSync } from "node:fs";
import { join } from "node:path";
import type { EpochRecord } from "../../../vae/model/artifacts.ts";
import { REPORT_FILES } from "../../paths.ts";
import type { FoundRun } from "../../../runs/find_runs.ts";
import type { TrialRecord } from "../../../runs/record.ts";
import { epochsOf } from "./epochs.ts";
import { lookAtStage, type StageSight, type StageView } from "./stage_view.ts";

/** A run, as it is now. */
export interface RunView extends FoundRun {
  /** Each stage once, in the record's order. */
  readonly stages: readonly StageView[];
  readonly trials: readonly TrialView[];
  /** Path of its report; null where there is none. */
  readonly report: string | null;
}

/** One trial of a run, as it is now. */
export interface TrialView extends TrialRecord {
  /** Its stages, in order. */
  readonly views: readonly StageView[];
  /** Epochs of its training so far. */
  readonly epochs: readonly EpochRecord[];
}

/** Looks at the run `found`. */
export async function lookAtRun(
  found: FoundRun,
  sight: Omit<StageSight, "status">,
): Promise<RunView> {
  const { record, directory } = found;
  const { status } = record;
  const stages: StageView[] = [];
  for (const stage of record.stages) {
    stages.push(await lookAtStage(stage, { ...sight, status }));
  }
  const byKey = new Map(stages.map((stage) => [stage.key, stage]));
  const trials = record.trials.map((trial): TrialView => {
    const views = trial.stages.flatMap((key) => byKey.get(key) ?? []);
    const logged = views.map(({ records }) => epochsOf(records));
    const epochs = logged.findLast(({ length }) => length > 0) ?? [];
    return { ...trial, views, epochs };
  });
  const report = join(directory, REPORT_FILES.html);
  return {
    ...found,
    stages,
    trials,
    report: existsSync(report) ? report : null,
  };
}
