/**
 * A run as the command line makes it, in two steps: what is planned, and that
 * done and told.
 *
 * @module
 */

import { commandLine } from "../lib/command_line.ts";
import type { Executor } from "../pipeline/execute/executor.ts";
import type { SelectionOptions } from "../pipeline/selection.ts";
import { isRung } from "../pipeline/search/words.ts";
import type { Plan } from "../pipeline/types.ts";
import type { RunServer } from "../report/live/mod.ts";
import { executePlan } from "../run.ts";
import { EXIT, type Flags, type Terminal } from "./command.ts";
import { readPort, readText } from "./flags.ts";
import type { ProgressDisplay } from "./progress/display.ts";
import { provisionNotes } from "./progress/provision_notes.ts";
import { readSelection, searchLines } from "./plan_flags.ts";
import { readExecutor } from "./_executor.ts";
import { exitCodeOf, printOutcome, printSummary } from "./_outcome.ts";
import { planJob, type PlannedJob } from "./_plan_job.ts";

/** What is said where Ctrl-C has ended a run of this machine. */
export const INTERRUPTED = "Interrupted; the same command resumes from here";

/** Where a run is shown, and what ends it. */
export interface RunJob {
  readonly terminal: Terminal;
  readonly display: ProgressDisplay;
  /** The summary goes to stdout, all else to stderr. */
  readonly json: boolean;
  readonly signal: AbortSignal;
}

/** What is to be run, how much of it, and by whom. */
export interface PlannedRun extends PlannedJob {
  readonly selection: SelectionOptions;
  readonly executor: Executor;
}

/**
 * Plans what the flags ask for; sets up the engine where it is missing.
 *
 * @throws {UserError} for mistakes in the flags, the config or the record.
 */
export async function planRun(flags: Flags, job: RunJob): Promise<PlannedRun> {
  const { terminal, display, signal } = job;
  const report = reportOf(job);
  const selection = readSelection(flags);
  const executor = await readExecutor(flags, (line) => display.note(line));
  const { plan, record } = await planJob(flags, {
    provision: true,
    onProvision: provisionNotes(display),
    onNotice: (line) => terminal.err(line),
    signal,
  }, report.out);
  signal.throwIfAborted();
  // A rung of a search has other keys than what the record is of.
  if (record !== null && !isRung(plan)) {
    const { printKeys } = await import("./_repeat.ts");
    await printKeys({ plan, record }, report);
  }
  return { plan, record, selection, executor };
}

/** Runs it, prints what became of it, and gives the exit code. */
export async function executeRun(
  flags: Flags,
  { plan, record, selection, executor }: PlannedRun,
  job: RunJob,
): Promise<number> {
  const { terminal, display, json, signal } = job;
  const report = reportOf(job);
  const concurrency = plan.config.concurrency;
  const page = await openLivePage(flags, plan, report);
  const outcome = await executePlan(plan, {
    ...selection,
    ...(concurrency === null ? {} : { concurrency }),
    executor,
    signal,
    onEvent: (event) => display.onEvent(event),
    onPlan: (next) => {
      for (const line of searchLines(next)) display.note(line);
    },
  }).finally(() => page?.close());
  display.stop();
  if (json) printSummary(outcome, terminal);
  else await printOutcome(outcome, terminal);
  const isLeft = flags.detach === true &&
    outcome.result.status === "interrupted";
  const code = isLeft ? EXIT.done : exitCodeOf(outcome.result, terminal);
  if (isLeft) report.out(leftToWorkers());
  let end: number = code;
  if (record !== null && code === EXIT.done) {
    const { printKeys, printResults } = await import("./_repeat.ts");
    const repeated = { plan: outcome.result.plan, record };
    if (isRung(plan)) await printKeys(repeated, report);
    end = await printResults(repeated, report);
  }
  if (page !== null) {
    report.out(
      `The live page has ended; ${commandLine("serve")} shows the run again`,
    );
  }
  return end;
}

/** What is said of a run that goes on without this process. */
export function leftToWorkers(): string {
  return `Left to the workers; the same command follows it again, ${
    commandLine("queue drain")
  } stops it`;
}

function reportOf({ terminal, json }: RunJob): Terminal {
  return json ? { ...terminal, out: terminal.err } : terminal;
}

/** Starts the server of `--serve`, and says where it is; null without that flag. */
async function openLivePage(
  flags: Flags,
  plan: Plan,
  terminal: Terminal,
): Promise<RunServer | null> {
  if (flags.serve === undefined) return null;
  const text = flags.serve === true ? undefined : readText(flags, "serve");
  const port = readPort(text, "--serve");
  const { startServer } = await import("../report/live/mod.ts");
  const server = await startServer({ ...plan.config, port });
  terminal.out(`Live at ${server.urlOf(plan.id)}`);
  return server;
}
