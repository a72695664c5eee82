/**
 * Text that fits a terminal.
 *
 * @module
 */

import { wrap } from "../lib/wrap.ts";

/**
 * `head` and the text beside it, wrapped to `width` columns in all; the lines
 * that follow stand under the text, `deeper` columns to the right.
 */
export function hang(
  head: string,
  text: string,
  { width, deeper = 0 }: { readonly width: number; readonly deeper?: number },
): string[] {
  const indent = " ".repeat(head.length + deeper);
  return wrap(text, width - indent.length).map((line, index) =>
    (index === 0 ? head : indent) + line
  );
}

/** Columns of the terminal; a file or a pipe gets 100. */
export function terminalWidth(): number {
  return process.stdout.columns || 100;
}

/** `a, b, c and 197 more`. */
export function listSome(names: readonly string[], most: number): string {
  const rest = names.length - most;
  return rest <= 1
    ? names.join(", ")
    : `${names.slice(0, most).join(", ")} and ${rest} more`;
}
