/**
 * The folder that a person opens after a run.
 *
 * @module
 */

import { copyFile, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import type { PipelineResult } from "../pipeline/types.ts";
import { explainRefusal } from "../lib/refusal.ts";
import { makeFolder } from "../lib/make_folder.ts";
import type { ReportData, TrialData } from "./data.ts";
import { gatherData } from "./gather_data.ts";
import { pointLatest } from "./latest.ts";
import { isUpToDate, ownFiles, writeManifest } from "./manifest.ts";
import { REPORT_FILES, reportDirectory, TRIAL_FILES } from "./paths.ts";
import type { ArtifactReader } from "./reader.ts";
import { recoverFolders, replaceFolder } from "../lib/replace_folder.ts";
import { summariseData } from "./summary.ts";

/** Where things are, absolute. */
export interface ReportPaths {
  readonly directory: string;
  readonly html: string;
  readonly comparison: string;
  readonly summary: string;
  /** What leads to `directory`: link, copy or text file; null where none can. */
  readonly latest: string | null;
  /** What went wrong when all was written. */
  readonly warnings: readonly string[];
  /** False where an intact report showed all this already. */
  readonly written: boolean;
}

/** Options of {@link writeReport}. */
export interface WriteReportOptions {
  /** Gives the record of the run, where the report is written. */
  readonly record?: (data: ReportData) => Promise<unknown>;
  /** Asked after that: false has the next run write the report anew; default true. */
  readonly isLasting?: () => boolean;
}

/**
 * Writes `<outputs>/runs/<plan>/` whole or not at all: `report.html`,
 * `comparison.png`, `summary.json`, `record.json` and a folder
 * for each trial; and has `<outputs>/latest` lead to it. Writes nothing where no
 * stage ran and the report is there and intact.
 *
 * @throws {UserError | RunError} Where the folder cannot be written.
 */
export async function writeReport(
  result: PipelineResult,
  store: ArtifactReader,
  options: WriteReportOptions = {},
): Promise<ReportPaths> {
  const { outputDirectory } = result.plan.config;
  const directory = reportDirectory(result.plan);
  for (const folder of [dirname(directory), outputDirectory]) {
    await recoverFolders(folder);
  }
  const written = !(await isUpToDate(result));
  // Read outside of the attempt: what the store throws is not about writing.
  const data = written ? await gatherData(result, store) : null;
  const record = data === null ? undefined : await options.record?.(data);
  try {
    if (data !== null) {
      await replaceFolder(
        directory,
        (draft) =>
          fill(draft, {
            data,
            record,
            result,
            isLasting: options.isLasting?.() ?? true,
          }),
        { keeps: await ownFiles(directory) },
      );
    }
  } catch (error) {
    throw explainRefusal(error, {
      what: "Cannot write the report",
      folder: directory,
    });
  }
  const { path, warning } = await pointLatest(outputDirectory, directory);
  return {
    directory,
    html: join(directory, REPORT_FILES.html),
    comparison: join(directory, REPORT_FILES.comparison),
    summary: join(directory, REPORT_FILES.summary),
    latest: path,
    warnings: warning === null ? [] : [warning],
    written,
  };
}

interface Content {
  readonly data: ReportData;
  readonly record: unknown;
  readonly result: PipelineResult;
  readonly isLasting: boolean;
}

async function fill(
  directory: string,
  { data, record, result, isLasting }: Content,
): Promise<void> {
  // Loaded only here: a cached run needs none of it.
  const [{ renderHtml }, { renderComparison }, { drawTrial: drawRun }] =
    await Promise.all(
      [
        import("./html.ts"),
        import("./comparison.ts"),
        import("./trial_pictures.ts"),
      ],
    );
  for (const trial of data.trials) {
    const folder = join(directory, trial.trial.id);
    await makeFolder(folder);
    await drawRun(folder, trial);
    await copyMetrics(folder, trial);
  }
  const { html, comparison, summary } = REPORT_FILES;
  await writeFile(join(directory, comparison), await renderComparison(data));
  await writeFile(join(directory, html), await renderHtml(data));
  await writeJson(join(directory, summary), summariseData(data));
  if (record !== undefined) {
    await writeJson(join(directory, REPORT_FILES.record), record);
  }
  await writeManifest(directory, result, isLasting);
}

/** The training's metrics; a stage of the user's may have written none. */
async function copyMetrics(folder: string, trial: TrialData): Promise<void> {
  if (trial.trainingDirectory === null) return;
  const from = join(trial.trainingDirectory, TRIAL_FILES.metrics);
  await copyFile(from, join(folder, TRIAL_FILES.metrics)).catch((error) => {
    if ((error as NodeJS.ErrnoException).code !== "ENOENT") throw error;
  });
}

async function writeJson(file: string, value: unknown): Promise<void> {
  await writeFile(file, `${JSON.stringify(value, null, 2)}\n`);
}
