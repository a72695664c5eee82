/**
 * Labels from IDX files: a byte a label, or as QMNIST has them.
 *
 * @module
 */

import { plural } from "../core/lib/count.ts";
import type { DataFile } from "./data_file.ts";
import { ONE_CLASS, parseIdx, readArray } from "./idx.ts";
import { defect } from "./idx_defect.ts";

/** Of QMNIST's label: the class, and seven more of writer and source. */
const NUMBERS = 8;
/** Data type of 32-bit integers. */
const INTEGERS = 0x0c;

/**
 * The classes `[count]` that a file of labels holds. QMNIST's files have eight
 * 32-bit integers a label, `[count, 8]`, of which the first is the class.
 *
 * @throws {UserError} at the first defect, with its offset, what was found
 * and what is wanted.
 */
export function parseLabels(file: DataFile): Uint8Array {
  const { bytes } = file;
  if (bytes[2] !== INTEGERS || bytes[3] !== 2) return parseIdx(file, 1).data;
  const { sizes: [count = 0, width = 0], data } = readArray(file, {
    type: INTEGERS,
    dimensions: 2,
  });
  if (width !== NUMBERS) {
    throw defect(file, {
      offset: 8,
      found: `${plural(width, "number")} a label`,
      expected: `${NUMBERS}, as QMNIST has them`,
      hint: ONE_CLASS,
    });
  }
  const view = new DataView(data.buffer);
  return Uint8Array.from({ length: count }, (_, i) => {
    const start = 4 * NUMBERS * i;
    const label = view.getInt32(start);
    if (label >= 0 && label < 256) return label;
    throw defect(file, {
      offset: 12 + start,
      found: `class ${label}`,
      expected: "one from 0 to 255",
    });
  });
}
