/** The command `verify`. @module */

import type { Command } from "../command.ts";
import { placeFlags } from "../flags.ts";

/** Verifies the store. */
export const verify: Command = {
  name: "verify",
  description: "Read the whole store and compare digests; exit 1 where damaged",
  flags: [
    ...placeFlags,
    {
      form: "--repair",
      description:
        "Move what is damaged to quarantine; the next run remakes it",
    },
    { form: "--json", description: "Print one JSON object" },
  ],
  examples: ["verify", "verify --repair"],
  run: async (flags, terminal) => {
    const { runVerify } = await import("../actions/verify.ts");
    return await runVerify(flags, terminal);
  },
};
