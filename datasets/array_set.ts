/**
 * What arrays of a set are called, and the set that they are.
 *
 * @module
 */

import type { ReadSet } from "./format.ts";
import { type NamedBytes, parseNpy } from "./npy.ts";
import { pairArrays } from "./npy_images.ts";
import { checkSameSides } from "./same_sides.ts";
import { splitOff } from "./share.ts";

/** What an array holds: of training or test, or of all, of which a share is taken. */
type Content =
  | `${"train" | "test"} ${"images" | "labels"}`
  | "images"
  | "labels";

const CONTENTS: readonly (readonly Content[])[] = [
  ["train images", "train labels", "test images", "test labels"],
  ["images", "labels"],
];

/** Names to look for, for people. */
export const ARRAY_NAMES =
  "train_images, train_labels, test_images and test_labels (or x_train, y_train, x_test, y_test), or images and labels";

/**
 * Which of `names` hold a whole set, by their content; null where none do.
 * `train_images` is MedMNIST's name, `x_train` Keras'; validation sets, `val_*`,
 * are left out. Of images that are there by both names the first is taken.
 */
export function namedContents(
  names: readonly string[],
): Readonly<Record<string, string>> | null {
  const found = new Map<Content, string>();
  for (const name of [...names].sort()) {
    const content = contentOf(name);
    if (content !== null && !found.has(content)) found.set(content, name);
  }
  const whole = CONTENTS.find((contents) =>
    contents.every((content) => found.has(content))
  );
  return whole === undefined ? null : Object.fromEntries(
    whole.map((content) => [content, found.get(content)!]),
  );
}

/**
 * The set of arrays by their content.
 *
 * @throws {UserError} as `parseNpy`, `pairArrays` and `splitOff`.
 */
export function setOfArrays(
  arrays: Readonly<Record<string, NamedBytes>>,
): ReadSet {
  const pair = (images: Content, labels: Content) =>
    pairArrays(parseNpy(arrays[images]!), parseNpy(arrays[labels]!));
  const all = arrays["images"];
  if (all !== undefined) return splitOff(pair("images", "labels"), all.title);
  const train = pair("train images", "train labels");
  const test = pair("test images", "test labels");
  checkSameSides(train, test, {
    train: arrays["train images"]!.title,
    test: arrays["test images"]!.title,
  });
  return { train, test };
}

function contentOf(name: string): Content | null {
  const [, split, kind] = /^(train|test)[-_](images|labels)$/i.exec(name) ?? [];
  if (split !== undefined && kind !== undefined) {
    return `${split} ${kind}`.toLowerCase() as Content;
  }
  const [, letter, of] = /^([xy])[-_](train|test)$/i.exec(name) ?? [];
  if (letter !== undefined && of !== undefined) {
    const kinds = { x: "images", y: "labels" };
    return `${of} ${kinds[letter.toLowerCase() as "x" | "y"]}`
      .toLowerCase() as Content;
  }
  return /^(?:images|labels)$/i.test(name)
    ? name.toLowerCase() as Content
    : null;
}
