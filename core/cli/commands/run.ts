/** The command `run`. @module */

import { UserError } from "../../lib/errors.ts";
import { isCompilerGone } from "../../load/compiler_gone.ts";
import { DEFAULT_PRIORITY } from "../../queue/place.ts";
import { type Command, EXIT } from "../command.ts";
import { printError } from "../error_output.ts";
import { configFlags, runFlag, stageFlags } from "../flags.ts";
import { listenForInterrupt } from "../interrupt.ts";
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
      description:
        "Leave it to the queue and return; the same command without this follows it",
    },
    {
      form: "--serve [port]",
      description: "Show the run in a browser while it goes on",
    },
    {
      form: "--watch",
      description:
        "Run again what an edit of config, plugin or data touches, until Ctrl-C",
    },
    { form: "--json", description: "Print one JSON object to stdout" },
    { form: "--quiet", description: "No progress, only the outcome" },
  ],
  examples: [
    "run",
    "run --set train.epochs=3 --set latentDim=2",
    "run --preset quick",
    "run --serve",
    "run --watch --preset quick",
    "run --config my.config.json --seed 1 --seed 2",
    "run --from train --force train",
    'run --run "Beta(1,1)" --force train',
    "run --executor bullmq --redis redis://queue:6379",
    "run --from-record outputs/runs/default-1a2b3c4d/record.json --force",
  ],
  run: async (flags, terminal) => {
    const json = flags.json === true;
    if (flags.watch === true) {
      const { watchRun } = await import("../watch/watch_run.ts");
      return await watchRun(flags, terminal);
    }
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
    const { executeRun, INTERRUPTED, leftToWorkers, planRun } = await import(
      "../_execute_run.ts"
    );
    const display = await createProgress({
      stream: json ? process.stderr : process.stdout,
      quiet: flags.quiet === true,
    });
    using interrupt = listenForInterrupt(() =>
      display.note("Stopping; press Ctrl-C again to stop at once")
    );
    const job = { terminal, display, json, signal: interrupt.signal };
    try {
      const planned = await planRun(flags, job);
      const code = await executeRun(flags, planned, job);
      if (code === EXIT.interrupted) {
        const isLocal = planned.executor.name === "local";
        terminal.err(isLocal ? INTERRUPTED : leftToWorkers());
      }
      return code;
    } catch (error) {
      display.stop();
      if (!interrupt.signal.aborted) throw error;
      const isOwn = error === interrupt.signal.reason || isCompilerGone(error);
      if (!isOwn) printError(error, terminal);
      terminal.err(INTERRUPTED);
      return EXIT.interrupted;
    }
  },
};
