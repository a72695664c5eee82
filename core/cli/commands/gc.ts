/** The command `gc`. @module */

import type { Command } from "../command.ts";
import { placeFlags } from "../flags.ts";

/** Removes what no run needs. */
export const gc: Command = {
  name: "gc",
  description: "Remove from the store what no run refers to",
  flags: [
    ...placeFlags,
    { form: "--dry", description: "Say what would go, and how much it takes" },
    {
      form: "--older-than <time>",
      description: "Also what only runs use that were last used before, 30d",
    },
    {
      form: "--max-size <size>",
      description: "Also what was used longest ago, until 5GB are left",
    },
    { form: "--json", description: "Print one JSON object" },
  ],
  examples: ["gc --dry", "gc --older-than 30d", "gc --max-size 5GB"],
  run: async (flags, terminal) => {
    const { runGc } = await import("../actions/gc.ts");
    return await runGc(flags, terminal);
  },
};
