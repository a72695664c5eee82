/**
 * Draws that have been moved to the ends of their support.
 *
 * @module
 */

import type { Matrix } from "./tensors.ts";

/** Share of draws that may be piled up at an end of the support: they shift the mean. */
const MOST_PILED = 2e-4;
/** So many are no pile, however few draws there are: rounding makes some alike. */
const FEW = 4;

/** Whether `equal` of `all` draws, which are the same number, are too many. */
export function isPile(equal: number, all: number): boolean {
  return equal > Math.max(FEW, MOST_PILED * all);
}

/**
 * Whether too many draws are the same number at either end of a coordinate:
 * they lay beyond, where single precision, or the prior with it in mind, does
 * not go. Means of log-densities over such draws are none.
 */
export function isPiled({ values, rows, columns }: Matrix): boolean {
  for (let column = 0; column < columns; column++) {
    const list = values.filter((_, i) => i % columns === column);
    for (const end of [Math.min, Math.max]) {
      const last = list.reduce((a, b) => end(a, b));
      if (isPile(list.filter((z) => z === last).length, rows)) return true;
    }
  }
  return false;
}
