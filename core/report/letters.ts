/**
 * How wide a text is, counted in ordinary letters: room for a text is reckoned
 * before it is drawn, where no font can be asked.
 *
 * @module
 */

const WIDTHS: readonly (readonly [letters: RegExp, width: number])[] = [
  [/[WM@%]/, 1.75],
  [/[mw]/, 1.5],
  [/[\u1100-\u115f\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\uff00-\uff60]/, 2],
  [/\p{Extended_Pictographic}/u, 2],
];

/** Width of a letter in ordinary ones. */
export type LetterWidth = (letter: string) => number;

/** Of fonts of pages and pictures; narrow letters count as ordinary ones. */
export const proportional: LetterWidth = (letter) =>
  WIDTHS.find(([letters]) => letters.test(letter))?.[1] ?? 1;

/** Of terminals. */
export const monospaced: LetterWidth = () => 1;

/** Width of a text in ordinary letters. */
export function lettersOf(text: string, widthOf = proportional): number {
  return [...text].reduce((sum, letter) => sum + widthOf(letter), 0);
}

/** As many letters of a text's beginning as have room. */
export function beginningOf(
  text: string,
  room: number,
  widthOf = proportional,
): string {
  let left = room;
  const letters = [...text];
  const end = letters.findIndex((letter) => (left -= widthOf(letter)) < 0);
  return letters.slice(0, end === -1 ? letters.length : end).join("");
}

/** As many letters of a text's end as have room. */
export function endOf(
  text: string,
  room: number,
  widthOf = proportional,
): string {
  const backwards = (one: string) => [...one].reverse().join("");
  return backwards(beginningOf(backwards(text), room, widthOf));
}
