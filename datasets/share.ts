/**
 * The share of a set that models are judged on, where nobody has set one apart.
 *
 * @module
 */

import { shapeOfImage, sizeOfImage } from "../core/lib/image_shape.ts";
import { UserError } from "../core/lib/errors.ts";
import type { ReadSet } from "./format.ts";
import type { SizedImageSet } from "./image_set.ts";

/** One image in so many is a test image, as of MNIST's 70,000 there are 10,000. */
const TEST_EVERY = 7;

/** Whether the image that is the `nth` of its class, from 0 on, is a test image. */
function isTest(nth: number): boolean {
  return nth % TEST_EVERY === TEST_EVERY - 1;
}

/**
 * Splits a set: of each class every seventh image, in their order, is a test
 * image, the others are training images. So both have all classes, however they
 * lie, and the same files give the same split everywhere.
 *
 * @throws {UserError} where no class has seven images.
 */
export function splitOff(set: SizedImageSet, title: string): ReadSet {
  const seen = new Map<number, number>();
  const places: { readonly [split: string]: number[] } = {
    train: [],
    test: [],
  };
  set.labels.forEach((label, i) => {
    const nth = seen.get(label) ?? 0;
    seen.set(label, nth + 1);
    places[isTest(nth) ? "test" : "train"]!.push(i);
  });
  const { train = [], test = [] } = places;
  if (test.length === 0) throw tooFew(title);
  return { train: pick(set, train), test: pick(set, test) };
}

/** The error for a set of which no image would be a test image. */
function tooFew(title: string): UserError {
  return new UserError(
    `Cannot split ${title}: found no class of ${TEST_EVERY} images, want at least one, for of each class every ${TEST_EVERY}th image is a test image`,
    { hint: "Add images, or set training and test images apart yourself" },
  );
}

function pick(
  set: SizedImageSet,
  places: readonly number[],
): SizedImageSet {
  const { images, labels } = set;
  const pixels = sizeOfImage(set);
  const picked = new Uint8Array(places.length * pixels);
  places.forEach((place, i) =>
    picked.set(
      images.subarray(place * pixels, (place + 1) * pixels),
      i * pixels,
    )
  );
  return {
    ...shapeOfImage(set),
    count: places.length,
    images: picked,
    labels: Uint8Array.from(places, (place) => labels[place]!),
  };
}
