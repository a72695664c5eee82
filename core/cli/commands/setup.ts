/** The command `setup`. @module */

import type { Command } from "../command.ts";

/** Provisions the native engine. */
export const setup: Command = {
  name: "setup",
  description: "Provision the native engine now instead of at the first run",
  flags: [],
  examples: ["setup"],
  run: async (flags, terminal) => {
    const { runSetup } = await import("../actions/setup.ts");
    return await runSetup(flags, terminal);
  },
};
