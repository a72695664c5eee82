/**
 * The IDX format of MNIST, read strictly: two zero bytes, the data type, the
 * number of dimensions, each size as a big-endian 32-bit number, and then
 * exactly the data (Y. LeCun, C. Cortes and C. Burges, "The MNIST database").
 *
 * @module
 */

import { plural } from "../core/lib/count.ts";
import type { DataFile } from "./data_file.ts";
import { recogniseForeign } from "./foreign.ts";
import { defect } from "./idx_defect.ts";

/** An array. */
export interface IdxArray {
  /** `[count]` of labels; `[count, height, width]` of images, behind it 3 of colours. */
  readonly sizes: readonly number[];
  /** As many bytes as the sizes and the type say; a copy of its own. */
  readonly data: Uint8Array;
}

/** What to do about labels of a number for each class. */
export const ONE_CLASS =
  "Write one class an image, an unsigned byte, with one dimension; where a label has a number for each class (one-hot), the class is the place of the largest (argmax)";

/** What an IDX file holds, by its number of dimensions. */
const MEANINGS: Readonly<Record<1 | 2 | 3 | 4, readonly string[]>> = {
  1: ["number of labels"],
  2: ["number of labels", "numbers a label"],
  3: ["number of images", "height", "width"],
  4: ["number of images", "height", "width", "channels"],
};

const TYPES = {
  0x08: { name: "unsigned bytes", bytes: 1 },
  0x09: { name: "signed bytes", bytes: 1 },
  0x0b: { name: "16-bit integers", bytes: 2 },
  0x0c: { name: "32-bit integers", bytes: 4 },
  0x0d: { name: "32-bit floats", bytes: 4 },
  0x0e: { name: "64-bit floats", bytes: 8 },
} as const;

/**
 * Reads the IDX array of unsigned bytes that `file` holds: labels have one
 * dimension, images three, in colours four.
 *
 * @throws {UserError} at the first defect, with its offset, what was found
 * and what is wanted.
 */
export function parseIdx(file: DataFile, dimensions: 1 | 3 | 4): IdxArray {
  return readArray(file, { type: 0x08, dimensions });
}

/** What a file is to hold. */
export interface IdxForm {
  readonly type: keyof typeof TYPES;
  readonly dimensions: 1 | 2 | 3 | 4;
}

/**
 * Reads an array as the file has it, big-endian, without making numbers of it.
 *
 * @throws {UserError} as {@link parseIdx}.
 */
export function readArray(file: DataFile, form: IdxForm): IdxArray {
  const { bytes } = file;
  const { type, dimensions } = form;
  const header = 4 + 4 * dimensions;
  checkMagic(file, form);
  if (bytes.length < header) {
    throw defect(file, {
      offset: bytes.length,
      found: END,
      expected: `a header of ${header} bytes`,
    });
  }
  const sizes = MEANINGS[dimensions].map((meaning, i) =>
    readSize(file, 4 + 4 * i, meaning)
  );
  const { bytes: each } = TYPES[type];
  const factors = each === 1 ? sizes : [...sizes, each];
  const length = header + factors.reduce((product, size) => product * size);
  const expected = `${length} bytes in all (a header of ${header} and ${
    factors.join(" x ")
  })`;
  if (bytes.length < length) {
    throw defect(file, { offset: bytes.length, found: END, expected });
  }
  if (bytes.length > length) {
    const extra = bytes.length - length;
    throw defect(file, {
      offset: length,
      found: plural(extra, "more byte"),
      expected,
    });
  }
  return { sizes, data: new Uint8Array(bytes.subarray(header)) };
}

const END = "the end of the data";

function checkMagic(file: DataFile, { type, dimensions }: IdxForm): void {
  const { bytes, compressed, path } = file;
  const [first, second, foundType, found] = bytes as unknown as readonly [
    number,
    number,
    number,
    number,
  ];
  const foreign = first === 0 ? null : recogniseForeign(bytes);
  if (foreign !== null) {
    const zipped = !compressed && path.endsWith(".gz") ? "gzip data, or " : "";
    throw defect(file, {
      offset: 0,
      found: foreign.what,
      expected: `${zipped}0x00 0x00, with which every IDX file begins`,
      hint: foreign.hint,
    });
  }
  if (bytes.length < 4) {
    throw defect(file, {
      offset: bytes.length,
      found: END,
      expected: "a magic number of 4 bytes",
    });
  }
  if (first !== 0 || second !== 0) {
    throw defect(file, {
      offset: 0,
      found: `bytes ${hex(first)} ${hex(second)}`,
      expected: "0x00 0x00, with which every IDX file begins",
    });
  }
  if (foundType !== type) {
    throw defect(file, {
      offset: 2,
      found: `data type ${hex(foundType)} (${typeName(foundType)})`,
      expected: `${hex(type)} (${typeName(type)})`,
      hint: dimensions >= 3
        ? "Write the pixels as unsigned bytes, from 0 (background) to 255 (ink)"
        : found === 2
        ? ONE_CLASS
        : "Write the labels as unsigned bytes, one an image",
    });
  }
  if (found !== dimensions) {
    throw defect(file, {
      offset: 3,
      found: plural(found, "dimension"),
      expected: `${dimensions} (${MEANINGS[dimensions].join(", ")})`,
      ...hintFor(found, dimensions),
    });
  }
}

/** What to do about a file of other dimensions. */
function hintFor(found: number, wanted: 1 | 2 | 3 | 4): { hint?: string } {
  if (found === 1 || found === 3) {
    return {
      hint: "Look whether the files of images and labels have been swapped",
    };
  }
  if (wanted === 3) {
    return { hint: "Write the images with number, height and width" };
  }
  return found === 2 ? { hint: ONE_CLASS } : {};
}

function typeName(type: number): string {
  return type in TYPES ? TYPES[type as keyof typeof TYPES].name : "unknown";
}

function readSize(file: DataFile, offset: number, meaning: string): number {
  const { buffer, byteOffset } = file.bytes;
  const size = new DataView(buffer, byteOffset).getUint32(offset);
  if (size === 0) {
    throw defect(file, {
      offset,
      found: `0 as the ${meaning}`,
      expected: "at least 1",
    });
  }
  return size;
}

function hex(byte: number): string {
  return `0x${byte.toString(16).padStart(2, "0")}`;
}
