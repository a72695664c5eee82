/**
 * The terminal of this process.
 *
 * @module
 */

import { printable, printableColors } from "../lib/printable.ts";
import { EXIT, type Terminal } from "./command.ts";

/** Writes to stdout and stderr, and ends the process where nobody reads them. */
export function processTerminal(): Terminal {
  // `vae-priors list | head` closes the pipe early, which is no failure.
  process.stdout.on("error", (error: NodeJS.ErrnoException) => {
    if (error.code === "EPIPE") process.exit(EXIT.done);
    throw error;
  });
  const show = (line: string, colored?: "colored") =>
    `${(colored === undefined ? printable : printableColors)(line)}\n`;
  return {
    out: (...line) => void process.stdout.write(show(...line)),
    err: (...line) => void process.stderr.write(show(...line)),
  };
}
