/** The command `doctor`. @module */

import type { Command } from "../command.ts";

/** Says what is there, what is missing and what to do. */
export const doctor: Command = {
  name: "doctor",
  description: "Say what is there, what is missing and what to do about it",
  flags: [{ form: "--json", description: "Print one JSON object" }],
  examples: ["doctor"],
  run: async (flags, terminal) => {
    const { runDoctor } = await import("../actions/doctor.ts");
    return await runDoctor(flags, terminal);
  },
};
