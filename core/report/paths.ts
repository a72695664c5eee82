/**
 * Where the files of a report are.
 *
 * @module
 */

import { join } from "node:path";
import type { Plan, Trial } from "../pipeline/types.ts";

/** Folder of the report of a plan. */
export function reportDirectory(plan: Plan): string {
  return join(plan.config.outputDirectory, "runs", plan.id);
}

/** Path of the text file that names the latest run where nothing can lead to it. */
export function latestNote(outputs: string): string {
  return join(outputs, "latest.txt");
}

/** Names inside the folder of a report. */
export const REPORT_FILES = {
  html: "report.html",
  comparison: "comparison.png",
  summary: "summary.json",
  record: "record.json",
  manifest: "manifest.json",
} as const;

/** Names inside the folder of one trial. */
export const TRIAL_FILES = {
  samples: "samples.png",
  reconstructions: "reconstructions.png",
  metrics: "metrics.jsonl",
} as const;

/** Path of a file of one trial, from the folder of the report. */
export function trialFile(
  trial: Trial,
  file: keyof typeof TRIAL_FILES,
): string {
  return join(trial.id, TRIAL_FILES[file]);
}
