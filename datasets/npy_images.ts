/**
 * Image sets from NumPy's arrays, one of images and one of labels.
 *
 * @module
 */

import { plural } from "../core/lib/count.ts";
import { UserError } from "../core/lib/errors.ts";
import type { ImageSides } from "../core/lib/image_shape.ts";
import { ONE_CLASS } from "./idx.ts";
import type { SizedImageSet } from "./image_set.ts";
import { type NpyArray, shapeText, unreadable, WHOLE_NUMBERS } from "./npy.ts";

/**
 * The set of an array of images `[count, height, width]`, with or without an
 * axis of one channel behind or before the last two, or with one of three
 * behind them, and one of labels, `[count]` or `[count, 1]`. Values are whole
 * numbers of any type.
 *
 * @throws {UserError} where shapes or values are others, or the two differ in
 * number.
 */
export function pairArrays(
  images: NpyArray,
  labels: NpyArray,
): SizedImageSet {
  const { count, ...shape } = sizesOf(images);
  const classes = labels.shape.length === 2 && labels.shape[1] === 1
    ? labels.shape.slice(0, 1)
    : labels.shape;
  if (classes.length !== 1) {
    throw unreadable(labels.title, {
      found: `shape ${shapeText(labels.shape)}`,
      expected: `(${count},), a class for each image`,
      hint: ONE_CLASS,
    });
  }
  if (classes[0] !== count) {
    throw new UserError(
      `Cannot use ${labels.title} with ${images.title}: found ${
        plural(classes[0]!, "label")
      }, want ${count}, one for each image`,
    );
  }
  return {
    count,
    ...shape,
    images: bytesOf(images, LEVELS),
    labels: bytesOf(labels, CLASS),
  };
}

/** Number and shape of images. */
function sizesOf(
  { title, shape }: NpyArray,
): ImageSides & { readonly count: number } {
  const expected =
    "(number, height, width), or (number, height, width, 3) of colours, each at least 1";
  const found = `shape ${shapeText(shape)}`;
  const [count = 0, second = 0, third = 0, fourth = 1] = shape;
  if (shape.length < 3 || shape.length > 4 || shape.includes(0)) {
    throw unreadable(title, {
      found,
      expected,
      ...(shape.length === 2
        ? { hint: "Give the images their sides: images.reshape(-1, 28, 28)" }
        : {}),
    });
  }
  if (fourth === 1) return { count, height: second, width: third };
  if (second === 1) return { count, height: third, width: fourth };
  if (fourth === 3) {
    return { count, height: second, width: third, channels: 3 };
  }
  throw unreadable(title, {
    found: `${found}, images of ${
      plural(fourth === 4 ? fourth : second, "channel")
    }`,
    expected: `one channel or three, which come last: ${expected}`,
    hint: fourth === 4
      ? "Leave opacity out: images[..., :3]"
      : "Where channels come first, put them last: images.transpose(0, 2, 3, 1)",
  });
}

interface Meaning {
  readonly expected: string;
  /** What to do about values that are no whole numbers. */
  readonly hint: string;
}

const LEVELS: Meaning = {
  expected: "levels, whole numbers from 0 (background) to 255 (ink)",
  hint:
    "Of images from 0 to 1 write (255 * images).round().astype(numpy.uint8)",
};

const CLASS: Meaning = {
  expected: "classes, whole numbers from 0 to 255",
  hint: WHOLE_NUMBERS,
};

/** The values of an array as bytes, a copy of their own. */
function bytesOf(
  { title, type, data }: NpyArray,
  { expected, hint }: Meaning,
): Uint8Array {
  const [order, kind, size] = [type[0], type[1], Number(type[2])];
  if (kind !== "u" && kind !== "i") {
    const found = kind === "f"
      ? `floats (type "${type}")`
      : `true and false (type "${type}")`;
    throw unreadable(title, { found, expected, hint });
  }
  if (kind === "u" && size === 1) return new Uint8Array(data);
  const view = new DataView(data.buffer, data.byteOffset, data.length);
  const read = readers[`${kind}${size}`]!;
  return Uint8Array.from({ length: data.length / size }, (_, i) => {
    const value = Number(read(view, i * size, order !== ">"));
    if (value >= 0 && value <= 255) return value;
    throw unreadable(title, { found: `${value} as value ${i}`, expected });
  });
}

type Reader = (view: DataView, at: number, little: boolean) => number | bigint;

const readers: Readonly<Record<string, Reader>> = {
  i1: (view, at) => view.getInt8(at),
  u2: (view, at, little) => view.getUint16(at, little),
  i2: (view, at, little) => view.getInt16(at, little),
  u4: (view, at, little) => view.getUint32(at, little),
  i4: (view, at, little) => view.getInt32(at, little),
  u8: (view, at, little) => view.getBigUint64(at, little),
  i8: (view, at, little) => view.getBigInt64(at, little),
};
