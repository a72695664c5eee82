/** The command `export`. @module */

import type { Command } from "../command.ts";
import { placeFlags } from "../flags.ts";

/** Puts a run into one file. */
export const exportRun: Command = {
  name: "export",
  description: "Put a run, its artifacts and its report into one archive",
  words: [
    {
      name: "name",
      isRequired: true,
      description: "a run, by its name or the beginning of it, or latest",
    },
    {
      name: "file",
      isRequired: false,
      description: "the archive; default <run>.zip here",
    },
  ],
  flags: [
    ...placeFlags,
    { form: "--force", description: "Replace a file that is there" },
    { form: "--json", description: "Print one JSON object" },
  ],
  examples: ["export latest", "export default-1a2b results/beta.zip"],
  run: async (flags, terminal) => {
    const { runExport } = await import("../actions/export.ts");
    return await runExport(flags, terminal);
  },
};
