/**
 * Whether images have grey levels from 0 to 255, as a model takes them to have.
 *
 * @module
 */

import { basename } from "node:path";
import { UserError } from "../core/lib/errors.ts";

/** Below this, no pixel is nearer to ink than to background. */
const HALF = 128;

/**
 * Looks at the pixels of all images of file `path`; gives what to warn of, or
 * null. Images with some dark and some bright pixel are settled by the first of
 * each, whatever their number.
 *
 * @throws {UserError} where there is nothing to learn from, or black and white
 * are 0 and 1: a model would see black images.
 */
export function checkGreyLevels(
  pixels: Uint8Array,
  path: string,
): string | null {
  let [least, largest] = [255, 0];
  for (const value of pixels) {
    if (value < least) least = value;
    if (value > largest) largest = value;
    if (largest >= HALF && least < largest) return null;
  }
  if (least === largest) {
    throw new UserError(
      `Cannot use images "${path}": found ${largest} in every pixel${
        COLOURS[largest] ?? ""
      }, want grey levels from 0 (background) to 255 (ink)`,
      { hint: "There is nothing to learn from them: look at what wrote them" },
    );
  }
  if (largest === 1) {
    throw new UserError(
      `Cannot use images "${path}": found 1 as the largest value, want grey levels from 0 (background) to 255 (ink)`,
      { hint: "Write them 255 times as large, so that 1 becomes 255" },
    );
  }
  return `The images are dark: the largest value in "${
    basename(path)
  }" is ${largest}, and 255 is full ink. ` +
    `If ${largest} is full ink there, write them ${
      Math.floor(255 / largest)
    } times as large`;
}

const COLOURS: Readonly<Record<number, string>> = {
  0: " (all black)",
  255: " (all white)",
};
