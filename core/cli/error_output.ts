/**
 * How failures look in the terminal.
 *
 * @module
 */

import { commandLine, spellCommands } from "../lib/command_line.ts";
import { hideCredentials } from "../lib/credentials.ts";
import { ExplainedError, RunError, UserError } from "../lib/errors.ts";
import { printable } from "../lib/printable.ts";
import { isCompilerGone } from "../load/compiler_gone.ts";
import { EXIT, type Terminal } from "./command.ts";
import colors from "picocolors";

/** Prints `error` for a person and gives the exit code that it means. */
export function printError(error: unknown, terminal: Terminal): number {
  if (isCompilerGone(error)) return printError(COMPILER_GONE, terminal);
  const code = isUserError(error) ? EXIT.usage : EXIT.failed;
  if (error instanceof ExplainedError) {
    terminal.err(
      `${errColors.red("error:")} ${shown(error.message)}`,
      "colored",
    );
    if (error.hint !== undefined) {
      terminal.err(
        `${errColors.cyan("hint:")} ${shown(error.hint)}`,
        "colored",
      );
    }
    return code;
  }
  const text = error instanceof Error
    ? error.stack ?? error.message
    : String(error);
  terminal.err(`${errColors.red("error:")} ${shown(text)}`, "colored");
  const cause = error instanceof Error ? error.cause : undefined;
  if (cause !== undefined) {
    terminal.err(
      `caused by: ${
        shown(String(cause instanceof Error ? cause.stack : cause))
      }`,
    );
  }
  terminal.err(
    `${
      errColors.cyan("hint:")
    } Where no plugin or stage of yours is among these lines, this is a bug: report it with them and the output of ${
      commandLine("doctor")
    }`,
    "colored",
  );
  return code;
}

const COMPILER_GONE = new RunError(
  "Cannot compile modules: esbuild's process was ended from outside",
  { hint: "Start the same again; all that was complete is kept" },
);

/** What a library or a service has said may quote a credential, and colour itself. */
function shown(text: string): string {
  return printable(spellCommands(hideCredentials(text)));
}

/** Whether `error` is the user's mistake. */
export function isUserError(error: unknown): error is UserError {
  return error instanceof UserError;
}

const errColors = colors.createColors(
  colors.isColorSupported &&
    (process.stderr.isTTY === true || process.env.FORCE_COLOR === "1"),
);
