/** The command `status`. @module */

import type { Command } from "../command.ts";
import { configFlags, runFlag } from "../flags.ts";

/** Says what is cached and what is stale. */
export const status: Command = {
  name: "status",
  description: "Say what is cached, what is stale and why; exit 1 where stale",
  flags: [
    ...configFlags,
    runFlag,
    { form: "--json", description: "Print one JSON object" },
  ],
  examples: ["status", "status --set train.epochs=30", "status --json"],
  run: async (flags, terminal) => {
    const { runStatus } = await import("../actions/status.ts");
    return await runStatus(flags, terminal);
  },
};
