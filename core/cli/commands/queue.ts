/** The command `queue`. @module */

import type { Command } from "../command.ts";
import { queueFlags } from "../queue_flags.ts";

/** Looks at a queue, and stops it. */
export const queue: Command = {
  name: "queue",
  description: "Look at a queue of stages: status, pause, resume, drain",
  words: [{
    name: "action",
    isRequired: true,
    description: "what to do: status, pause, resume or drain",
  }],
  flags: [
    ...queueFlags,
    { form: "--json", description: "Print one JSON object to stdout" },
  ],
  examples: [
    "queue status --redis redis://queue:6379",
    "queue pause",
    "queue resume",
    "queue drain",
  ],
  run: async (flags, terminal) => {
    const { runQueue } = await import("../actions/queue.ts");
    return await runQueue(flags, terminal);
  },
};
