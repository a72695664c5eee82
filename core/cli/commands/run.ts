/** The command `run`. @module */

import type { Command } from "../command.ts";
import { configFlags, runFlag } from "../flags.ts";
import { DEFAULT_PRIORITY } from "../../queue/place.ts";
import { queueFlags } from "../queue_flags.ts";

/** Runs the pipeline, what is not cached of it. */
export const run: Command = {
  name: "run",
  description: "Run the pipeline: train every prior and compare them",
  flags: [
    ...configFlags,
    {
      form: "--only <stage>",
      description: "Run this stage alone; what it needs must be cached",
    },
    {
      form: "--from <stage>",
      description: "Run this stage and those after it",
    },
    {
      form: "--to <stage>",
      description: "Stop after this stage",
    },
    {
      form: "--force [stage]",
      description: "Run it again though cached: all stages, or this one",
    },
    runFlag,
    { form: "--dry", description: "Say what would run, and why" },
    {
      form: "--from-record <file>",
      description:
        "Repeat the run of a record.json, and compare; exit 1 where it differs",
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
    const { runJob } = await import("../actions/job.ts");
    return await runJob(flags, terminal);
  },
};
