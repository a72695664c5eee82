/** The command `report`. @module */

import type { Command } from "../command.ts";
import { configFlags } from "../flags.ts";

/** Writes the report of what is there. */
export const report: Command = {
  name: "report",
  description: "Write the report of what is there by now, and run nothing",
  flags: [
    ...configFlags,
    { form: "--json", description: "Print one JSON object to stdout" },
  ],
  examples: ["report", "report --config sweep.config.ts"],
  run: async (flags, terminal) => {
    const { runReport } = await import("../actions/report.ts");
    return await runReport(flags, terminal);
  },
};
