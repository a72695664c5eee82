/** What npm leaves of flags that it has kept, and what is said then. @module */

import { expect } from "vitest";
import type { Command } from "../../core/cli/command.ts";
import { convert } from "../../core/cli/commands/convert.ts";
import { create } from "../../core/cli/commands/new.ts";
import { exportRun } from "../../core/cli/commands/export.ts";
import { gc } from "../../core/cli/commands/gc.ts";
import { run } from "../../core/cli/commands/run.ts";
import { why } from "../../core/cli/commands/why.ts";
import { refuseFlagsOfNpm } from "../../core/cli/npm_flags.ts";
import { UserError } from "../../core/lib/errors.ts";

const commands: readonly Command[] = [run, gc, convert, why, create, exportRun];

/** What npm leaves of `npm start`. */
export const START = {
  npm_command: "start",
  npm_lifecycle_event: "start",
  npm_lifecycle_script: "node core/cli/bin.mjs run",
};
/** Of `npm run cli`. */
export const CLI = {
  npm_command: "run",
  npm_lifecycle_event: "cli",
  npm_lifecycle_script: "node core/cli/bin.mjs",
};

/** Two stages have the last, and the first of them is meant. */
const KEYS = ["latentDim", "train.learningRate", "train.epochs", "b.epochs"];

/** The hint with which `argv` is refused; undefined where it is not. */
export function hintOf(argv: readonly string[], env: NodeJS.ProcessEnv) {
  try {
    refuseFlagsOfNpm(argv, commands, { env, keys: KEYS });
  } catch (error) {
    expect(error).toBeInstanceOf(UserError);
    return (error as UserError).hint;
  }
  return undefined;
}

/** Flags that npm has taken for its own, as a child of it finds them. */
export function left(
  config: Readonly<Record<string, string>>,
): NodeJS.ProcessEnv {
  return Object.fromEntries(
    Object.entries(config).map((
      [name, value],
    ) => [`npm_config_${name}`, value]),
  );
}
