/** The command `worker`. @module */

import type { Command } from "../command.ts";
import { configFlags } from "../flags.ts";
import { queueFlags } from "../queue_flags.ts";

/** Works for the sweeps of a queue. */
export const worker: Command = {
  name: "worker",
  description:
    "Take stages from a queue and run them, for sweeps of any machine",
  flags: [
    ...queueFlags,
    ...configFlags.filter(({ form }) => /^--(config|engine|set) /.test(form)),
    {
      form: "--concurrency <n>",
      description: "Stages side by side; default as many as cores",
    },
    {
      form: "--drain",
      description: "End when the queue has nothing more to do",
    },
    {
      form: "--lease <seconds>",
      description:
        "Silence after which its work is given to another; default 30",
    },
  ],
  examples: [
    "worker --redis redis://queue:6379",
    "worker --concurrency 4 --drain",
    "worker --engine wasm --set store=s3://bucket/vae-priors",
  ],
  run: async (flags, terminal) => {
    const { runWorkerCommand } = await import("../actions/worker.ts");
    return await runWorkerCommand(flags, terminal);
  },
};
