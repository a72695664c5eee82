/**
 * Text for a terminal. A record, an archive, a library or a service may hold
 * control characters, which move the cursor, set titles or fake what was said;
 * they are shown, not sent.
 *
 * @module
 */

/** Control characters, and those that turn the direction of writing, but for line breaks and tabs. */
const CONTROLS =
  // deno-lint-ignore no-control-regex
  /[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069]/g;
const BREAKS = /[\t\n]/g;
/** At the end of a line it does nothing, and Windows writes it there. */
const RETURNS = /\r+(?=\n|$)/g;
/** Colours, as the program itself sets them. */
// deno-lint-ignore no-control-regex
const COLORS = /(\x1b\[\d{1,3}m)/;

/**
 * `text` with control characters as JSON writes them, `\u001b`, so that JSON
 * stays the same JSON. Line breaks and tabs stay.
 */
export function printable(text: string): string {
  return text.replace(RETURNS, "").replace(CONTROLS, escape);
}

/** The same of a text that is to be one line. */
export function oneLine(text: string): string {
  return printable(text).replace(BREAKS, escape);
}

/** The same of a text that the program has coloured; what is not its own in it went through {@link printable}. */
export function printableColors(text: string): string {
  return text.split(COLORS)
    .map((part, i) => i % 2 === 1 ? part : printable(part)).join("");
}

function escape(character: string): string {
  return `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`;
}
