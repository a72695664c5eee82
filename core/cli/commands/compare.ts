/** The command `compare`. @module */

import type { Command } from "../command.ts";
import { placeFlags } from "../flags.ts";

/** Compares two runs. */
export const compare: Command = {
  name: "compare",
  description:
    "Compare two runs: config, figures, and which stages are the same",
  words: [
    { name: "before", isRequired: true, description: "a run" },
    { name: "after", isRequired: true, description: "another run" },
  ],
  flags: [
    ...placeFlags,
    { form: "--json", description: "Print one JSON object" },
  ],
  examples: [
    "compare default-1a2b latest",
    "compare a/record.json b/record.json",
  ],
  run: async (flags, terminal) => {
    const { runCompare } = await import("../actions/compare.ts");
    return await runCompare(flags, terminal);
  },
};
