/** The command `run`. @module */

import { commandLine } from "../../lib/command_line.ts";
import { UserError } from "../../lib/errors.ts";
import type { Plan } from "../../pipeline/types.ts";
import { DEFAULT_PRIORITY } from "../../queue/place.ts";
import type { RunServer } from "../../report/live/mod.ts";
import { type Command, EXIT, type Flags, type Terminal } from "../command.ts";
import { printError } from "../error_output.ts";
import {
  configFlags,
  readPort,
  readText,
  runFlag,
  stageFlags,
} from "../flags.ts";
import { listenForInterrupt } from "../interrupt.ts";
import type { ProgressDisplay } from "../progress/display.ts";
import { queueFlags } from "../queue_flags.ts";

/** Runs the pipeline, what is not cached of it. */
export const run: Command = {
  name: "run",
  description: "Run the pipeline: train every prior and compare them",
  flags: [
    ...configFlags,
    ...stageFlags,
    runFlag,
    { form: "--dry", description: "Say what would run, and why" },
    {
      form: "--from-record <file>",
      description:
        "Repeat the run of a record.json, and compare; exit 1 where it differs",
      values: "file",
    },
    {
      form: "--trust",
      description:
        "Run the code that the record names though it is not as recorded, or came with it",
    },
    { form: "--concurrency <n>", description: "Stages side by side" },
    {
      form: "--executor <name>",
      description:
        "local, or bullmq: the workers of a queue, which share the store",
      values: ["local", "bullmq"],
    },
    ...queueFlags,
    {
      form: "--priority <n>",
      description:
        `Of several sweeps the lower number goes first; default ${DEFAULT_PRIORITY}`,
    },
    {
      form: "--detach",
      description: "Leave it to the queue at once; the same without attaches",
    },
    {
      form: "--serve [port]",
      description: "Show the run in a browser while it goes on",
    },
    { form: "--json", description: "Print one JSON object to stdout" },
    { form: "--quiet", description: "No progress, only the outcome" },
  ],
  examples: [
    "run",
    "run --set train.epochs=3 --set latentDim=2",
    "run --preset quick",
    "run --serve",
    "run --config my.config.json --seed 1 --seed 2",
    "run --from train --force train",
    'run --run "Beta(1,1)" --force train',
    "run --executor bullmq --redis redis://queue:6379",
    "run --from-record outputs/runs/default-1a2b3c4d/record.json --force",
  ],
  run: async (flags, terminal) => {
    const json = flags.json === true;
    if (flags.dry === true) {
      if (flags.serve !== undefined) {
        throw new UserError(
          "Cannot use --serve with --dry: there would be no run to show",
        );
      }
      const { runDry } = await import("../_dry.ts");
      return await runDry(flags, terminal);
    }
    const { createProgress } = await import("../progress/progress.ts");
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
  },
};

const INTERRUPTED = "Interrupted; the same command resumes from here";

interface Job {
  readonly terminal: Terminal;
  readonly display: ProgressDisplay;
  readonly json: boolean;
  readonly signal: AbortSignal;
}

async function execute(flags: Flags, job: Job): Promise<number> {
  const { terminal, display, json, signal } = job;
  const { readExecutor } = await import("../_executor.ts");
  const { exitCodeOf, printOutcome, printSummary } = await import(
    "../_outcome.ts"
  );
  const { planJob } = await import("../_plan_job.ts");
  const { readSelection } = await import("../plan_flags.ts");
  const { provisionNotes } = await import("../progress/provision_notes.ts");
  const { executePlan } = await import("../../run.ts");
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
  if (record !== null) {
    const { printKeys } = await import("../_repeat.ts");
    await printKeys({ plan, record }, report);
  }
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
  let end: number = code;
  if (record !== null && code === EXIT.done) {
    const { printResults } = await import("../_repeat.ts");
    end = await printResults({ plan, record }, report);
  }
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
