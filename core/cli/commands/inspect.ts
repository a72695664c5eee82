/** The command `inspect`. @module */

import type { Command } from "../command.ts";
import { placeFlags } from "../flags.ts";

/** Shows a run or an artifact. */
export const inspect: Command = {
  name: "inspect",
  description: "Show a run: config, figures, stages; or an artifact by its key",
  words: [{
    name: "name",
    isRequired: false,
    description:
      "a run, by its name or the beginning of it, by path, or latest; or the beginning of a key",
  }],
  flags: [
    ...placeFlags,
    { form: "--json", description: "Print one JSON object" },
  ],
  examples: ["inspect", "inspect default-1a2b", "inspect 6a0fc4ce --json"],
  run: async (flags, terminal) => {
    const { runInspect } = await import("../actions/inspect.ts");
    return await runInspect(flags, terminal);
  },
};
