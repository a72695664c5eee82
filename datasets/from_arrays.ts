/**
 * Data sets that a script or a config makes itself, as typed arrays.
 *
 * @module
 */

import { plural } from "../core/lib/count.ts";
import { UserError } from "../core/lib/errors.ts";
import {
  axesOfImage,
  imageShapeText,
  type ImageSides,
  sizeOfImage,
} from "../core/lib/image_shape.ts";
import { sha256 } from "./data_file.ts";
import type { SizedImageSet } from "./image_set.ts";
import { type ByRole, roles } from "./mnist.ts";
import { isGeneric } from "./name.ts";
import { splitOff } from "./share.ts";
import { writeIdx } from "./write_idx.ts";

/** Images with their labels. */
export interface LabelledArrays {
  /**
   * `[count * height * width]`, image by image and row by row: bytes from 0
   * (background) to 255 (ink), or floats from 0 to 1, which are rounded to such.
   * With `channels: 3`, red, green and blue of each pixel side by side.
   */
  readonly images: Uint8Array | Float32Array;
  /** `[count]`: classes, whole numbers from 0 to 255. */
  readonly labels: ArrayLike<number>;
}

/** What {@link fromArrays} makes a data set of. */
export interface ArraysOptions extends LabelledArrays {
  /** Rows of pixels; by default images are square. */
  readonly height?: number;
  /** Pixels in a row; by default images are square. */
  readonly width?: number;
  /** 3 for red, green and blue; default 1, grey. */
  readonly channels?: 1 | 3;
  /** Test images; by default every seventh image of each class becomes one. */
  readonly test?: LabelledArrays;
  /** What outputs call the set; default `arrays`. */
  readonly name?: string;
}

/** A data set for the key `dataset` of a config. */
export interface ArrayDataset {
  /** Its name and digest. */
  readonly arrays: string;
  /** What it holds, as IDX files. */
  readonly files: ByRole<Uint8Array>;
}

/**
 * A data set of typed arrays, for `dataset` in a config. Its digest enters the
 * key of whatever is computed on it. Runs have it from the user's cache of this
 * machine: workers of a queue on other machines refuse it.
 *
 * @throws {UserError} where numbers of values do not go together, or one is out
 * of its range.
 *
 * @example
 * ```ts
 * import { definePipeline, fromArrays } from "vae-priors";
 *
 * const images = new Uint8Array(700 * 8 * 8).map((_, i) => i % 251);
 * const labels = Uint8Array.from({ length: 700 }, (_, i) => i % 10);
 * const dataset = fromArrays({ images, labels, name: "stripes" });
 * export default definePipeline({ priors: ["gaussian"], dataset });
 * ```
 */
export function fromArrays(options: ArraysOptions): ArrayDataset {
  const { name = "arrays" } = options;
  if (!/^[A-Za-z0-9][A-Za-z0-9._]*$/.test(name) || isGeneric(name)) {
    throw wrong("name", {
      found: JSON.stringify(name),
      expected:
        "a name that tells the set, of letters, digits, . and _, not such as data",
    });
  }
  const sides = sidesOf(options);
  const whole = setOf(options, sides, "");
  const { train, test } = options.test === undefined
    ? splitOff(whole, "the arrays")
    : { train: whole, test: setOf(options.test, sides, "test.") };
  const imagesOf = (set: SizedImageSet) =>
    writeIdx([set.count, ...axesOfImage(set)], set.images);
  const files = {
    trainImages: imagesOf(train),
    trainLabels: writeIdx([train.count], train.labels),
    testImages: imagesOf(test),
    testLabels: writeIdx([test.count], test.labels),
  };
  const digests = roles.map((role) => sha256(files[role])).join("\n");
  return { arrays: `${name}-${sha256(Buffer.from(digests))}`, files };
}

function sidesOf(
  { images, labels, height, width, channels = 1 }: ArraysOptions,
): ImageSides {
  if (channels !== 1 && channels !== 3) {
    throw wrong("channels", {
      found: String(channels),
      expected: "1 (grey) or 3 (red, green and blue)",
    });
  }
  const side = Math.sqrt(images.length / labels.length / channels);
  const sides = { height: height ?? side, width: width ?? side };
  if (height === undefined && width === undefined && !isCount(side)) {
    throw wrong("images", {
      found: `${plural(images.length, "value")} and ${
        plural(labels.length, "label")
      }`,
      expected: "square images",
      hint: "Give height and width",
    });
  }
  for (const [key, value] of Object.entries(sides)) {
    if (isCount(value)) continue;
    throw wrong(key, {
      found: String(value),
      expected: "a whole number of at least 1",
      hint: "Give height and width",
    });
  }
  return channels === 3 ? { ...sides, channels } : sides;
}

function setOf(
  { images, labels }: LabelledArrays,
  sides: ImageSides,
  path: string,
): SizedImageSet {
  const expected = labels.length * sizeOfImage(sides);
  if (labels.length === 0 || images.length !== expected) {
    throw wrong(`${path}images`, {
      found: plural(images.length, "value"),
      expected: `${expected}, for ${
        plural(labels.length, "label")
      } and images of ${imageShapeText(sides)}`,
      ...(images.length === 3 * expected && expected > 0
        ? { hint: "Of red, green and blue say so: channels: 3" }
        : {}),
    });
  }
  return {
    ...sides,
    count: labels.length,
    images: bytesOf(images, `${path}images`),
    labels: Uint8Array.from(labels, (label, i) => {
      if (Number.isInteger(label) && label >= 0 && label <= 255) return label;
      throw wrong(`${path}labels`, {
        found: `${label} as label ${i}`,
        expected: "a class, a whole number from 0 to 255",
      });
    }),
  };
}

function bytesOf(images: Uint8Array | Float32Array, path: string): Uint8Array {
  if (images instanceof Uint8Array) return images;
  if (!(images instanceof Float32Array)) {
    throw wrong(path, {
      found: "another kind of array",
      expected: "a Uint8Array of bytes or a Float32Array of values from 0 to 1",
    });
  }
  return Uint8Array.from(images, (value, i) => {
    if (value >= 0 && value <= 1) return Math.round(255 * value);
    throw wrong(path, {
      found: `${value} as value ${i}`,
      expected: "floats from 0 (background) to 1 (ink)",
      hint: "Give bytes from 0 to 255 as a Uint8Array",
    });
  });
}

function isCount(value: number): boolean {
  return Number.isInteger(value) && value >= 1;
}

function wrong(
  what: string,
  { found, expected, hint }: {
    readonly found: string;
    readonly expected: string;
    readonly hint?: string;
  },
): UserError {
  return new UserError(
    `Cannot use "${what}" of fromArrays: found ${found}, want ${expected}`,
    hint === undefined ? {} : { hint },
  );
}
