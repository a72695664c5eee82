/**
 * `run`: plans, runs, reports, and says what became of it.
 *
 * @module
 */

import { commandLine } from "../../lib/command_line.ts";
import { UserError } from "../../lib/errors.ts";
import type { Plan } from "../../pipeline/types.ts";
import { executePlan } from "../../run.ts";
import type { RunServer } from "../../report/live/mod.ts";
import { EXIT, type Flags, type Terminal } from "../command.ts";
import { readPort, readText } from "../flags.ts";
import { printError } from "../error_output.ts";
import { listenForInterrupt } from "../interrupt.ts";
import { readExecutor } from "./_executor.ts";
import { planJob } from "./_plan_job.ts";
import { readSelection } from "../plan_flags.ts";
import type { ProgressDisplay } from "../progress/display.ts";
import { createProgress } from "../progress/progress.ts";
import { exitCodeOf, printOutcome, printSummary } from "./_outcome.ts";
import { printKeys, printResults } from "./_repeat.ts";
import { provisionNotes } from "../progress/provision_notes.ts";

/**
 * Runs the command `run` and gives its exit code.
 *
 * @throws {UserError} for mistakes in the flags or in the config.
 */
export async function runJob(
  flags: Flags,
  terminal: Terminal,
): Promise<number> {
  const json = flags.json === true;
  if (flags.dry === true) {
    if (flags.serve !== undefined) {
      throw new UserError("Cannot serve a run that is not run: --dry");
    }
    const { runDry } = await import("./dry.ts");
    return await runDry(flags, terminal);
  }
  const display = await createProgress({
    stream: json ? process.stderr : process.stdout,
    quiet: flags.quiet === true,
  });
  using interrupt = listenForInterrupt(() =>
    display.note("Stopping; press Ctrl-C again to stop at once")
  );
  try {
    return await execute(flags, {
      terminal,
      display,
      json,
      signal: interrupt.signal,
    });
  } catch (error) {
    display.stop();
    if (!interrupt.signal.aborted) throw error;
    if (error !== interrupt.signal.reason) printError(error, terminal);
    terminal.err(INTERRUPTED);
    return EXIT.interrupted;
  }
}

const INTERRUPTED = "Interrupted; the same command goes on from here";

interface Job {
  readonly terminal: Terminal;
  readonly display: ProgressDisplay;
  readonly json: boolean;
  readonly signal: AbortSignal;
}

async function execute(flags: Flags, job: Job): Promise<number> {
  const { terminal, display, json, signal } = job;
  const report = json ? { ...terminal, out: terminal.err } : terminal;
  const selection = readSelection(flags);
  const executor = await readExecutor(flags, (line) => display.note(line));
  const { plan, record } = await planJob(flags, {
    provision: true,
    onProvision: provisionNotes(display),
    onNotice: (line) => terminal.err(line),
    signal,
  }, report.out);
  signal.throwIfAborted();
  if (record !== null) await printKeys({ plan, record }, report);
  const concurrency = plan.config.concurrency;
  const page = await openLivePage(flags, plan, report);
  const outcome = await executePlan(plan, {
    ...selection,
    ...(concurrency === null ? {} : { concurrency }),
    executor,
    signal,
    onEvent: (event) => display.onEvent(event),
  }).finally(() => page?.close());
  display.stop();
  if (json) printSummary(outcome, terminal);
  else await printOutcome(outcome, terminal);
  const isLeft = flags.detach === true &&
    outcome.result.status === "interrupted";
  const code = isLeft ? EXIT.done : exitCodeOf(outcome.result, terminal);
  if (isLeft) report.out(detached());
  if (code === EXIT.interrupted) {
    terminal.err(executor.name === "local" ? INTERRUPTED : detached());
  }
  const end = record === null || code !== EXIT.done
    ? code
    : await printResults({ plan, record }, report);
  if (page !== null) {
    report.out(
      `The live page has ended; ${commandLine("serve")} shows the run again`,
    );
  }
  return end;
}

function detached(): string {
  return `Left to the workers; the same command attaches again, ${
    commandLine("queue drain")
  } stops it`;
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
  const { startServer } = await import("../../report/live/mod.ts");
  const server = await startServer({ ...plan.config, port });
  terminal.out(`Live at ${server.urlOf(plan.id)}`);
  return server;
}
