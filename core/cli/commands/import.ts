/** The command `import`. @module */

import type { Command } from "../command.ts";
import { placeFlags } from "../flags.ts";

/** Takes a run out of an archive. */
export const importRun: Command = {
  name: "import",
  description: "Take a run out of an archive: it is cached here then",
  words: [{
    name: "file",
    isRequired: true,
    description: "an archive made with export",
  }],
  flags: [
    ...placeFlags,
    {
      form: "--max-size <size>",
      description:
        "Unpack so much; default 30 times the archive's size and 64 MB",
    },
    { form: "--json", description: "Print one JSON object" },
  ],
  examples: ["import default-1a2b3c4d.zip"],
  run: async (flags, terminal) => {
    const { runImport } = await import("../actions/import.ts");
    return await runImport(flags, terminal);
  },
};
