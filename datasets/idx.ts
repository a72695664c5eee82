/**
 * The IDX format of MNIST, read strictly: two zero bytes, the data type, the
 * number of dimensions, each size as a big-endian 32-bit number, and then
 * exactly the data (Y. LeCun, C. Cortes and C. Burges, "The MNIST database").
 *
 * @module
 */

import { UserError } from "../core/errors.ts";
import type { DataFile } from "./data_file.ts";

/** An array of unsigned bytes. */
export interface IdxArray {
  /** `[count]` of labels; `[count, height, width]` of images. */
  readonly sizes: readonly number[];
  /** As many bytes as the product of the sizes; a copy of its own. */
  readonly data: Uint8Array;
}

/** What an IDX file holds, by its number of dimensions. */
const MEANINGS: Readonly<Record<1 | 3, readonly string[]>> = {
  1: ["number of labels"],
  3: ["number of images", "height", "width"],
};

const TYPES: Readonly<Record<number, string>> = {
  0x08: "unsigned bytes",
  0x09: "signed bytes",
  0x0b: "16-bit integers",
  0x0c: "32-bit integers",
  0x0d: "32-bit floats",
  0x0e: "64-bit floats",
};

/**
 * Reads the IDX array of unsigned bytes that `file` holds: labels have one
 * dimension, images three.
 *
 * @throws {UserError} at the first defect, with its offset, what was found
 * and what is expected.
 */
export function parseIdx(file: DataFile, dimensions: 1 | 3): IdxArray {
  const { bytes } = file;
  const header = 4 + 4 * dimensions;
  checkMagic(file, dimensions);
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
  const length = header + sizes.reduce((product, size) => product * size);
  const expected = `${length} bytes in all (a header of ${header} and ${
    sizes.join(" x ")
  })`;
  if (bytes.length < length) {
    throw defect(file, { offset: bytes.length, found: END, expected });
  }
  if (bytes.length > length) {
    const extra = bytes.length - length;
    throw defect(file, {
      offset: length,
      found: `${extra} more byte${extra === 1 ? "" : "s"}`,
      expected,
    });
  }
  return { sizes, data: new Uint8Array(bytes.subarray(header)) };
}

const END = "the end of the data";

function checkMagic(file: DataFile, dimensions: 1 | 3): void {
  const { bytes } = file;
  if (bytes.length < 4) {
    throw defect(file, {
      offset: bytes.length,
      found: END,
      expected: "a magic number of 4 bytes",
    });
  }
  const [first, second, type, found] = bytes as unknown as readonly [
    number,
    number,
    number,
    number,
  ];
  if (first !== 0 || second !== 0) {
    throw defect(file, {
      offset: 0,
      found: `bytes ${hex(first)} ${hex(second)}`,
      expected: "0x00 0x00, with which every IDX file begins",
    });
  }
  if (type !== 0x08) {
    throw defect(file, {
      offset: 2,
      found: `data type ${hex(type)} (${TYPES[type] ?? "unknown"})`,
      expected: "0x08 (unsigned bytes)",
    });
  }
  if (found !== dimensions) {
    throw defect(file, {
      offset: 3,
      found: `${found} dimension${found === 1 ? "" : "s"}`,
      expected: `${dimensions} (${MEANINGS[dimensions].join(", ")})`,
      ...(found === 1 || found === 3
        ? {
          hint: "Look whether the files of images and labels have been swapped",
        }
        : {}),
    });
  }
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

/** Where and what of a defect. */
interface Defect {
  readonly offset: number;
  readonly found: string;
  readonly expected: string;
  readonly hint?: string;
}

function defect(
  file: DataFile,
  { offset, found, expected, hint }: Defect,
): UserError {
  const where = file.compressed
    ? `offset ${offset} of the decompressed data`
    : `offset ${offset}`;
  return new UserError(
    `Cannot read IDX file "${file.path}": at ${where} found ${found}, expected ${expected}`,
    hint === undefined ? {} : { hint },
  );
}

function hex(byte: number): string {
  return `0x${byte.toString(16).padStart(2, "0")}`;
}
