/**
 * Text in lines, for pictures: nothing is cut off.
 *
 * @module
 */

import { beginningOf, lettersOf } from "../letters.ts";

/** An ordinary letter of Inter is about 0.5 wide, a capital or a bold one up to this. */
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
    if (last === undefined || lettersOf(longer) > room) lines.push(word.text);
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
  if (lettersOf(word) <= room) return [{ text: word, goesOn: false }];
  const pieces = word.split(/(?<=,)/).flatMap((piece) => inPieces(piece, room));
  return pieces.map((text, i) => ({ text, goesOn: i > 0 }));
}

function inPieces(text: string, room: number): readonly string[] {
  if (text === "") return [];
  const [first = ""] = text;
  // One letter at least, or it would never end.
  const piece = beginningOf(text, room) || first;
  return [piece, ...inPieces(text.slice(piece.length), room)];
}
