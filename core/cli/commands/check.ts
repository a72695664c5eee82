/** The command `check`. @module */

import type { Command } from "../command.ts";

/** Checks a prior. */
export const check: Command = {
  name: "check",
  description:
    "Check a prior: shapes, gradients, KL, densities, sampler; exit 1 where one fails",
  isApart: true,
  words: [
    {
      name: "plugin",
      isRequired: true,
      description: "a prior, by name, path or package",
    },
    {
      name: "values",
      isRequired: false,
      description: "options of the prior as a JSON object",
    },
  ],
  flags: [
    {
      form: "--set <name=value>",
      description: "Set one option of the prior; may be repeated",
    },
    { form: "--engine <engine>", description: "auto, native, wasm or cpu" },
    { form: "--seed <n>", description: "Seed of all draws; default 0" },
    { form: "--json", description: "Print one JSON object" },
  ],
  examples: [
    "check beta",
    "check ./my_prior.ts --set scale=0.5 --engine wasm",
    `check gamma '{"concentration": 0.3, "rate": 0.3}' --json`,
  ],
  run: async (flags, terminal) => {
    const { runCheck } = await import("../actions/check.ts");
    return await runCheck(flags, terminal);
  },
};
