/**
 * Draws that have been moved to the ends of their support.
 *
 * @module
 */

import type { Matrix } from "./tensors.ts";

/** Share of draws that may be piled up at an end of the support: they shift the mean. */
export const MOST_PILED = 2e-4;

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
      const count = list.filter((z) => z === last).length;
      if (count > MOST_PILED * rows) return true;
    }
  }
  return false;
}
