/**
 * Text in lines, for pictures: nothing is cut off.
 *
 * @module
 */

/** A letter of Inter is about 0.5 wide, a capital or a bold one up to this. */
const LETTER = 0.6;

/** Room for text, in pixels. */
export interface TextRoom {
  readonly width: number;
  readonly fontSize: number;
}

/** Lines that fit `width`, as far as words allow; longer ones break after commas, or anywhere. */
export function textLines(
  text: string,
  { width, fontSize }: TextRoom,
): readonly string[] {
  const room = Math.max(1, Math.floor(width / (fontSize * LETTER)));
  const lines: string[] = [];
  for (const word of text.split(" ").flatMap((word) => parts(word, room))) {
    const last = lines.at(-1);
    const longer = last === undefined
      ? word.text
      : last + (word.goesOn ? "" : " ") + word.text;
    if (last === undefined || [...longer].length > room) lines.push(word.text);
    else lines[lines.length - 1] = longer;
  }
  return lines;
}

interface Part {
  readonly text: string;
  /** Whether no space stands before it. */
  readonly goesOn: boolean;
}

function parts(word: string, room: number): readonly Part[] {
  if ([...word].length <= room) return [{ text: word, goesOn: false }];
  const pieces = word.split(/(?<=,)/).flatMap((piece) => {
    const letters = [...piece];
    return Array.from(
      { length: Math.ceil(letters.length / room) },
      (_, i) => letters.slice(i * room, (i + 1) * room).join(""),
    );
  });
  return pieces.map((text, i) => ({ text, goesOn: i > 0 }));
}
