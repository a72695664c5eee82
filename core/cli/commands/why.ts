/** The command `why`. @module */

import type { Command } from "../command.ts";
import { configFlags, runFlag } from "../flags.ts";

/** Says what changed since a stage ran. */
export const why: Command = {
  name: "why",
  description: "Say why stages would run again: every change, and where it is",
  words: [
    {
      name: "stage",
      isRequired: false,
      description: "a stage; default all that are stale",
    },
  ],
  flags: [
    ...configFlags,
    runFlag,
    { form: "--json", description: "Print one JSON object" },
  ],
  examples: [
    "why",
    "why train --set train.epochs=30",
    'why train --run "Beta(1,1)"',
  ],
  run: async (flags, terminal) => {
    const { runWhy } = await import("../actions/why.ts");
    return await runWhy(flags, terminal);
  },
};
