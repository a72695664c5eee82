/** The command `new`. @module */

import type { Command } from "../command.ts";

/** Makes a prior to start from. */
export const create: Command = {
  name: "new",
  description: "Make a prior to start from, which passes every check",
  words: [
    { name: "what", isRequired: true, description: 'which is "prior"' },
    { name: "name", isRequired: true, description: "as in my_prior" },
  ],
  flags: [
    {
      form: "--package",
      description: "An npm package vae-prior-<name>, in a folder of that name",
    },
    {
      form: "--directory <folder>",
      description: "Where it goes; default the working directory",
    },
  ],
  examples: ["new prior my_prior", "new prior my_prior --package"],
  run: async (flags, terminal) => {
    const { runNew } = await import("../actions/new.ts");
    return await runNew(flags, terminal);
  },
};
