/**
 * What is said when a run has ended.
 *
 * @module
 */

import { relative } from "node:path";
import { allOf, plural } from "../lib/count.ts";
import type {
  PipelineResult,
  StageOutcome,
  TrialOutcome,
} from "../pipeline/types.ts";
import type { PipelineRun } from "../run.ts";
import { EXIT, type Terminal } from "./command.ts";
import { isUserError, printError } from "./error_output.ts";
import { formatSeconds } from "./progress/rate.ts";

/**
 * Prints one line a trial, the table, and where to look; of what was interrupted
 * the lines, or with `whole` all of it.
 */
export async function printOutcome(
  { result, summary, report }: PipelineRun,
  terminal: Terminal,
  { whole = false }: { readonly whole?: boolean } = {},
): Promise<void> {
  const { formatTable } = await import("../report/mod.ts");
  const stdout = process.stdout;
  for (const trial of result.trials) terminal.out(trialLine(trial));
  if (result.status === "interrupted" && !whole) return;
  terminal.out("");
  const table = formatTable(summary, {
    color: stdout.isTTY === true && process.env.NO_COLOR === undefined,
    width: stdout.columns || 100,
  });
  terminal.out(table, "colored");
  for (const warning of [...result.warnings, ...report.warnings]) {
    terminal.out(`warning: ${warning}`);
  }
  terminal.out("");
  terminal.out(`Report    ${shorten(report.html)}`);
  terminal.out(`Pictures  ${shorten(report.comparison)}`);
}

/** Prints it as one JSON object, and what went wrong with the report to stderr. */
export function printSummary(
  { summary, report }: PipelineRun,
  terminal: Terminal,
): void {
  terminal.out(JSON.stringify(summary));
  for (const warning of report.warnings) terminal.err(`warning: ${warning}`);
}

/**
 * The exit code of a result; prints each error once, to stderr.
 */
export function exitCodeOf(result: PipelineResult, terminal: Terminal): number {
  if (result.status === "interrupted") return EXIT.interrupted;
  const failed = new Map<string, StageOutcome>();
  for (const { stages } of result.trials) {
    for (const stage of stages) {
      if (stage.status === "failed") failed.set(stage.key, stage);
    }
  }
  for (const { title, error, reason } of failed.values()) {
    terminal.err(`${title} failed:`);
    printError(error ?? new Error(reason), terminal);
  }
  if (failed.size === 0) {
    return result.status === "done" ? EXIT.done : EXIT.failed;
  }
  const isUsers = [...failed.values()].every(({ error }) => isUserError(error));
  return isUsers ? EXIT.usage : EXIT.failed;
}

/** `Mine(1,2): 4 of 6 stages cached; ran train (train.epochs 3 -> 20), sample (new)`. */
export function trialLine({ trial, stages }: TrialOutcome): string {
  const cached = stages.filter(({ status }) => status === "cached");
  if (cached.length === stages.length) {
    return `${trial.label}: ${allOf(stages.length, "stage")} cached`;
  }
  const ran = stages.filter(({ status }) => status === "done");
  const time = ran.reduce((sum, { ms }) => sum + ms, 0) / 1000;
  const parts = [
    `${cached.length} of ${plural(stages.length, "stage")} cached`,
  ];
  if (ran.length > 0) {
    const reasons = [...new Set(ran.map(({ reason }) => reason))];
    const groups = reasons.map((reason) => {
      const names = ran.filter((stage) => stage.reason === reason)
        .map(({ name }) => name);
      return `${names.join(", ")} (${reason})`;
    });
    parts.push(`ran ${groups.join(", ")} in ${formatSeconds(time)}`);
  }
  for (const status of ["failed", "interrupted", "skipped"] as const) {
    const names = stages.filter((stage) => stage.status === status)
      .map(({ name }) => name);
    if (names.length > 0) parts.push(`${status} ${names.join(", ")}`);
  }
  return `${trial.label}: ${parts.join("; ")}`;
}

/** The path from the working directory, where that is shorter. */
function shorten(path: string): string {
  const short = relative(process.cwd(), path);
  return short.length < path.length && !short.startsWith("..") ? short : path;
}
