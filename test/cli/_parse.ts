/** Commands to be parsed. @module */

import type { Command } from "../../core/cli/command.ts";
import { configFlags } from "../../core/cli/flags.ts";
import { parseCommandLine } from "../../core/cli/parse.ts";

/** A command with flags of all forms. */
export const run: Command = {
  name: "run",
  description: "Runs",
  flags: [
    ...configFlags,
    { form: "--force [stage]", description: "again" },
    { form: "--only <stage>", description: "one" },
    { form: "--dry", description: "only say" },
  ],
  examples: ["run --dry"],
  run: () => Promise.resolve(0),
};
const list: Command = { ...run, name: "list", flags: [] };
const check: Command = {
  ...run,
  name: "check",
  words: [
    { name: "plugin", isRequired: true, description: "a prior" },
    { name: "values", isRequired: false, description: "its options" },
  ],
};

/** Parses words of these commands. */
export const parse = (...argv: string[]) =>
  parseCommandLine(argv, [run, list, check]);
