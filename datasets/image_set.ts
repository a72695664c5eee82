/**
 * Image sets from IDX arrays: images and labels must belong together, and
 * test images must be of the size of the training images.
 *
 * @module
 */

import { plural } from "../core/lib/count.ts";
import { UserError } from "../core/lib/errors.ts";
import type { ImageSides } from "../core/lib/image_shape.ts";
import type { DataFile } from "./data_file.ts";
import { ONE_CLASS, parseIdx } from "./idx.ts";
import { defect } from "./idx_defect.ts";
import { parseLabels } from "./labels.ts";
import { checkSameSides } from "./same_sides.ts";
import type { ImageSet } from "./types.ts";

/** How many images to take, from the first on. */
export interface Limits {
  /** Training images; all if undefined. */
  readonly train?: number | undefined;
  /** Test images; all if undefined. */
  readonly test?: number | undefined;
}

/** Images with their size, in pixels, and their channels. */
export interface SizedImageSet extends ImageSet, ImageSides {}

/**
 * The image set of a file of images and a file of labels.
 *
 * @throws {UserError} if either is defective, or they differ in number.
 */
export function pairImages(
  imageFile: DataFile,
  labelFile: DataFile,
): SizedImageSet {
  const { count, shape, images } = readImages(imageFile);
  const labels = parseLabels(labelFile);
  if (labels.length !== count) {
    throw new UserError(
      `Cannot use "${labelFile.path}" with "${imageFile.path}": at offset 4 found ${
        plural(labels.length, "label")
      }, ` +
        `want ${count}, one for each image`,
      isOneHot(labels, count) ? { hint: ONE_CLASS } : {},
    );
  }
  return { count, ...shape, images, labels };
}

/** Of four dimensions the last is that of red, green and blue. */
function readImages(file: DataFile) {
  const dimensions = file.bytes[3] === 4 ? 4 : 3;
  const { sizes, data: images } = parseIdx(file, dimensions);
  const [count, height, width, channels = 1] = sizes as Triple;
  if (channels !== 1 && channels !== 3) {
    throw defect(file, {
      offset: 16,
      found: `${channels} as the channels`,
      expected: "3 (red, green and blue), or 1",
    });
  }
  const shape = { height, width, ...(channels === 3 ? { channels } : {}) };
  return { count, shape, images };
}

type Triple = readonly [number, number, number, number?];

/** Whether there are several numbers for each of `count`, one of them 1, and the others 0. */
function isOneHot(labels: Uint8Array, count: number): boolean {
  const ones = labels.reduce((sum, label) => sum + label, 0);
  return labels.length > count && labels.length % count === 0 &&
    ones === count && labels.every((label) => label <= 1);
}

/**
 * Checks that test images have the size of the training images.
 *
 * @throws {UserError} if they have not.
 */
export function checkSameSize(
  train: SizedImageSet,
  test: SizedImageSet,
  paths: { readonly train: string; readonly test: string },
): void {
  for (const [side, offset] of [["height", 8], ["width", 12]] as const) {
    if (test[side] !== train[side]) {
      throw new UserError(
        `Cannot use "${paths.test}" with "${paths.train}": at offset ${offset} found a ${side} of ` +
          `${test[side]}, want ${train[side]}, that of the training images`,
      );
    }
  }
  checkSameSides(train, test, {
    train: `"${paths.train}"`,
    test: `"${paths.test}"`,
  });
}

/** The first `limit` images, or all; the arrays hold nothing else. */
export function takeFirst(set: ImageSet, limit: number | undefined): ImageSet {
  const count = Math.min(set.count, limit ?? set.count);
  const pixels = set.images.length / set.count;
  return {
    count,
    images: count === set.count
      ? set.images
      : set.images.slice(0, count * pixels),
    labels: count === set.count ? set.labels : set.labels.slice(0, count),
  };
}

/** How many different labels a set has. */
export function countClasses({ labels }: ImageSet): number {
  return new Set(labels).size;
}
