/**
 * How failures look in the terminal.
 *
 * @module
 */

import { UserError } from "../errors.ts";
import { EXIT, type Terminal } from "./command.ts";
import colors from "picocolors";

/** Prints `error` for a person and gives the exit code that it means. */
export function printError(error: unknown, terminal: Terminal): number {
  const isUsers = isUserError(error);
  const text = isUsers
    ? error.message
    : error instanceof Error
    ? error.stack ?? error.message
    : String(error);
  terminal.err(`${errColors.red("error:")} ${text}`);
  const cause = error instanceof Error ? error.cause : undefined;
  if (!isUsers && cause !== undefined) {
    terminal.err(`caused by: ${cause instanceof Error ? cause.stack : cause}`);
  }
  if (isUsers) {
    if (error.hint !== undefined) {
      terminal.err(`${errColors.cyan("hint:")} ${error.hint}`);
    }
    return EXIT.usage;
  }
  terminal.err(
    `${
      errColors.cyan("hint:")
    } Where no plugin or stage of yours is among these lines, this is a bug: report it with them and the output of "vae-priors doctor"`,
  );
  return EXIT.failed;
}

/** Whether `error` is the user's mistake, also after its way through a worker. */
export function isUserError(
  error: unknown,
): error is Error & { readonly hint?: string } {
  return error instanceof UserError ||
    (error instanceof Error && error.name === "UserError");
}

const errColors = colors.createColors(
  colors.isColorSupported && process.stderr.isTTY === true,
);
