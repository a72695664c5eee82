/** The command `list`. @module */

import type { Command } from "../command.ts";
import { configFlags } from "../flags.ts";

/** Lists priors and stages with their options. */
export const list: Command = {
  name: "list",
  description: "List priors and stages with their options",
  flags: [
    ...configFlags.filter(({ form }) => form.startsWith("--config")),
    {
      form: "--json",
      description: "Print one JSON object, the options as JSON Schema",
    },
  ],
  examples: ["list", "list --json"],
  run: async (flags, terminal) => {
    const { runList } = await import("../actions/list.ts");
    return await runList(flags, terminal);
  },
};
