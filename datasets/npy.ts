/**
 * NumPy's format of one array: a magic number, a version, a header that is a
 * dictionary in Python's notation, and then exactly the data (NumPy Enhancement
 * Proposal 1, "A Simple File Format for NumPy Arrays").
 *
 * @module
 */

import { UserError } from "../core/lib/errors.ts";
import { recogniseForeign } from "./foreign.ts";

/** The bytes of an array, with what to call them in messages. */
export interface NamedBytes {
  /** `NumPy file "/data/train_images.npy"`, `array "train_images" of "/data/set.npz"`. */
  readonly title: string;
  readonly bytes: Uint8Array;
}

/** An array, row by row. */
export interface NpyArray {
  /** As {@link NamedBytes}. */
  readonly title: string;
  readonly shape: readonly number[];
  /** NumPy's name of the type of its values: `|u1`, `<i8`. */
  readonly type: string;
  /** The data: bytes of `type`, as many as shape and type say. */
  readonly data: Uint8Array;
}

/**
 * Reads the array that NumPy's `save` has written.
 *
 * @throws {UserError} at the first defect: no such file, objects or records in
 * it, values column by column, more or fewer bytes than the header says.
 */
export function parseNpy({ title, bytes }: NamedBytes): NpyArray {
  if (!Buffer.from(bytes.subarray(0, MAGIC.length)).equals(MAGIC)) {
    const foreign = recogniseForeign(bytes);
    throw unreadable(title, {
      found: foreign?.what ?? `${bytes.length} bytes of another kind`,
      expected: "an array as numpy.save writes it",
      ...(foreign === null ? {} : { hint: foreign.hint }),
    });
  }
  const { header, start } = readHeader(title, bytes);
  const shape = numbersOf(/'shape': *\(([^)]*)\)/.exec(header)?.[1]);
  const type = /'descr': *'([^']*)'/.exec(header)?.[1];
  if (shape === null) {
    throw unreadable(title, {
      found: `the header ${JSON.stringify(header.trim().slice(0, QUOTED))}`,
      expected: "one with descr, fortran_order and shape",
    });
  }
  const size = type === undefined ? undefined : sizeOf(type);
  if (type === undefined || size === undefined) {
    throw unreadable(title, {
      found: type === undefined ? "records" : `values of type "${type}"`,
      expected: "whole numbers",
      hint: WHOLE_NUMBERS,
    });
  }
  if (!/'fortran_order': *False/.test(header)) {
    throw unreadable(title, {
      found: "values column by column (Fortran's order)",
      expected: "row by row",
      hint: "Save numpy.ascontiguousarray(array)",
    });
  }
  const length = shape.reduce((product, each) => product * each, size);
  if (bytes.length - start !== length) {
    throw unreadable(title, {
      found: `${bytes.length - start} bytes of data`,
      expected: `${length}, for its shape is ${
        shapeText(shape)
      } and its type "${type}"`,
      hint: "Get the file again: it is damaged or was not copied whole",
    });
  }
  return { title, shape, type, data: bytes.subarray(start) };
}

/** What to do about values that are none. */
export const WHOLE_NUMBERS =
  "Write images and labels as unsigned bytes: numpy.save(file, array.astype(numpy.uint8))";

/** The error for what an array should not have. */
export function unreadable(
  title: string,
  { found, expected, hint }: {
    readonly found: string;
    readonly expected: string;
    readonly hint?: string;
  },
): UserError {
  return new UserError(
    `Cannot read ${title}: found ${found}, want ${expected}`,
    hint === undefined ? {} : { hint },
  );
}

/** `(6, 28, 28)`, as NumPy writes it. */
export function shapeText(shape: readonly number[]): string {
  return shape.length === 1 ? `(${shape[0]},)` : `(${shape.join(", ")})`;
}

const MAGIC = Buffer.from("934e554d5059", "hex");
/** Characters of a header that a message quotes. */
const QUOTED = 60;

/** From version 2 on the header's length has four bytes. */
function readHeader(title: string, bytes: Uint8Array) {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  const version = bytes[6] ?? 0;
  const at = version >= 2 ? 12 : 10;
  const length = bytes.length < at
    ? Infinity
    : version >= 2
    ? view.getUint32(8, true)
    : view.getUint16(8, true);
  if (bytes.length < at + length) {
    throw unreadable(title, {
      found: `the end of the data at offset ${bytes.length}`,
      expected: "a whole header",
      hint: "Get the file again: it is damaged or was not copied whole",
    });
  }
  const start = at + length;
  return {
    header: Buffer.from(bytes.subarray(at, start)).toString("latin1"),
    start,
  };
}

/** Sizes of a shape; null where there is none. */
function numbersOf(text: string | undefined): number[] | null {
  return text === undefined ? null : (text.match(/\d+/g) ?? []).map(Number);
}

/** Bytes of a value: of truths, whole numbers and floats, which NumPy's types name. */
function sizeOf(type: string): number | undefined {
  const size = /^[<>|=]([biuf])([1248])$/.exec(type)?.[2];
  return size === undefined ? undefined : Number(size);
}
