/**
 * Text in lines.
 *
 * @module
 */

/** Nothing is squeezed into less. */
const NARROWEST = 30;

/** Lines of at most `width` characters, as far as words allow. */
export function wrap(text: string, width: number): string[] {
  const lines: string[] = [];
  const limit = Math.max(width, NARROWEST);
  for (const word of text.split(" ")) {
    const last = lines.at(-1);
    if (last === undefined || last.length + 1 + word.length > limit) {
      lines.push(word);
    } else lines[lines.length - 1] = `${last} ${word}`;
  }
  return lines;
}
