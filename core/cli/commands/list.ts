/** The command `list`. @module */

import { UserError } from "../../lib/errors.ts";
import type { Command } from "../command.ts";
import { placeFlags } from "../flags.ts";

/** Lists priors and stages with their options, or runs. */
export const list: Command = {
  name: "list",
  description: "List priors and stages with their options, or what has run",
  words: [
    {
      name: "what",
      isRequired: false,
      description: '"priors", which is what it lists by itself, or "runs"',
    },
  ],
  flags: [
    ...placeFlags,
    {
      form: "--json",
      description: "Print one JSON object, the options as JSON Schema",
    },
  ],
  examples: ["list", "list --json", "list runs"],
  run: async (flags, terminal) => {
    const { what = "priors" } = flags;
    if (what === "runs") {
      const { runListRuns } = await import("../actions/list_runs.ts");
      return await runListRuns(flags, terminal);
    }
    if (what !== "priors") {
      throw new UserError(
        `Cannot list "${what}": want "priors", with the stages, or "runs"`,
      );
    }
    const { runList } = await import("../actions/list.ts");
    return await runList(flags, terminal);
  },
};
