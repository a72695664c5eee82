/**
 * Flags of the programs here that npm starts: `npm run faults -- --count 5`.
 *
 * @module
 */

import { parseArgs, type ParseArgsConfig } from "node:util";
import { refuseFlagsOfNpm } from "../core/cli/npm_flags.ts";
import { printError } from "../core/cli/error_output.ts";

type Options = NonNullable<ParseArgsConfig["options"]>;

/**
 * Reads this process's flags as `parseArgs` does. Where npm has kept one for
 * itself, which would have gone before `--`, the process ends with 2: it would
 * do the whole of what may take hours.
 */
export function scriptFlags<T extends Options>(options: T) {
  const argv = process.argv.slice(2);
  const flags = Object.entries(options).map(([name, { type }]) => ({
    form: type === "boolean" ? `--${name}` : `--${name} <${name}>`,
    description: "",
  }));
  const script = {
    name: "script",
    description: "",
    flags,
    examples: [],
    run: () => Promise.resolve(0),
  };
  try {
    refuseFlagsOfNpm(argv, [script]);
  } catch (error) {
    const err = (line: string) => console.error(line);
    process.exit(printError(error, { out: err, err }));
  }
  return parseArgs({ args: argv, options }).values;
}
