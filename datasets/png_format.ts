/**
 * Data sets as folders of PNG images, a folder each class.
 *
 * @module
 */

import { dirname } from "node:path";
import { UserError } from "../core/lib/errors.ts";
import { imageShapeText, sizeOfImage } from "../core/lib/image_shape.ts";
import { type DataFile, LARGEST } from "./data_file.ts";
import type { DataFormat } from "./format.ts";
import type { SizedImageSet } from "./image_set.ts";
import { findImages } from "./png_folders.ts";
import { areGrey, coloursOf, sidesOfPng } from "./png_image.ts";
import { checkSameSides } from "./same_sides.ts";
import { splitOff } from "./share.ts";

/** `train/cat/001.png` and `test/cat/002.png`; or `cat/001.png`, of which a share is taken. */
export const pngFormat: DataFormat = {
  name: "PNG",
  wanted:
    "folders of PNG images, train/CLASS/*.png and test/CLASS/*.png, or CLASS/*.png",
  find: async (folder) => {
    const files = await findImages(folder);
    return files === null ? null : { files, prefix: "" };
  },
  groupOf: (what) => `images of ${posixFolder(what)}`,
  read: async (files) => {
    const images = Object.entries(files).map(([what, file]) => ({
      file,
      folder: posixFolder(what),
    }));
    const of = (split: string) =>
      images.filter(({ folder }) => folder.startsWith(`${split}/`))
        .map(({ file, folder }) => ({
          file,
          name: folder.slice(split.length + 1),
        }));
    const [training, testing] = [of("train"), of("test")];
    if (training.length === 0 || testing.length === 0) {
      const all = images.map(({ file, folder }) => ({ file, name: folder }));
      const [set] = greyWhereAllAre([await setOf(all, classesOf(all))]);
      return splitOff(set!, folderOf(all));
    }
    const classes = classesOf(training);
    const stranger = testing.find(({ name }) => !classes.has(name));
    if (stranger !== undefined) {
      throw new UserError(
        `Cannot use "${stranger.file.path}": found a test image of class "${stranger.name}", want classes of the training images, which are ${
          [...classes.keys()].join(", ")
        }`,
      );
    }
    const [train, test] = greyWhereAllAre([
      await setOf(training, classes),
      await setOf(testing, classes),
    ]) as [SizedImageSet, SizedImageSet];
    checkSameSides(train, test, {
      train: folderOf(training),
      test: folderOf(testing),
    });
    return { train, test };
  },
};

/** An image with the name of its class. */
interface Image {
  readonly file: DataFile;
  readonly name: string;
}

/** Labels are bytes. */
const MOST_CLASSES = 256;

function posixFolder(what: string): string {
  return what.slice(0, what.lastIndexOf("/"));
}

/** The folder of the classes, for people. */
function folderOf([first]: readonly Image[]): string {
  return `"${dirname(dirname(first!.file.path))}"`;
}

/**
 * The label of each class: of whole numbers from 0 to 255 the number, of other
 * names their place among the sorted.
 */
function classesOf(images: readonly Image[]): ReadonlyMap<string, number> {
  const names = [...new Set(images.map(({ name }) => name))].sort();
  const areNumbers = names.every((name) =>
    /^(?:0|[1-9]\d{0,2})$/.test(name) && Number(name) < MOST_CLASSES
  );
  if (names.length > MOST_CLASSES) {
    throw new UserError(
      `Cannot load the data set from ${
        folderOf(images)
      }: found ${names.length} folders of images, want at most ${MOST_CLASSES} classes`,
    );
  }
  return new Map(
    names.map((name, i) => [name, areNumbers ? Number(name) : i]),
  );
}

/**
 * The set of images, which come sorted, in colours: the first of each class,
 * then the second of each, so that the first so many have all classes.
 */
async function setOf(
  images: readonly Image[],
  classes: ReadonlyMap<string, number>,
): Promise<SizedImageSet> {
  const sorted = inTurn(images);
  const shape = { ...commonSides(sorted), channels: 3 };
  const pixels = new Uint8Array(sorted.length * sizeOfImage(shape));
  for (const [i, { file }] of sorted.entries()) {
    pixels.set(await coloursOf(file), i * sizeOfImage(shape));
  }
  return {
    ...shape,
    count: sorted.length,
    images: pixels,
    labels: Uint8Array.from(sorted, ({ name }) => classes.get(name)!),
  };
}

/** One image in colours makes all of them such. */
function greyWhereAllAre(
  sets: readonly SizedImageSet[],
): readonly SizedImageSet[] {
  if (!sets.every(({ images }) => areGrey(images))) return sets;
  return sets.map(({ count, height, width, images, labels }) => ({
    count,
    height,
    width,
    images: images.filter((_, i) => i % 3 === 0),
    labels,
  }));
}

function inTurn(images: readonly Image[]): readonly Image[] {
  const turns: Image[][] = [];
  const seen = new Map<string, number>();
  for (const image of images) {
    const nth = seen.get(image.name) ?? 0;
    seen.set(image.name, nth + 1);
    (turns[nth] ??= []).push(image);
  }
  return turns.flat();
}

/** The size of all images. */
function commonSides(images: readonly Image[]) {
  const [first] = images;
  const sides = sidesOfPng(first!.file);
  for (const { file } of images) {
    const other = sidesOfPng(file);
    if (imageShapeText(other) !== imageShapeText(sides)) {
      throw new UserError(
        `Cannot use image "${file.path}" with "${first!.file.path}": found ${
          imageShapeText(other)
        }, want ${imageShapeText(sides)}, for images of a set are of one size`,
      );
    }
  }
  const bytes = images.length * sizeOfImage({ ...sides, channels: 3 });
  if (bytes > LARGEST) {
    throw new UserError(
      `Cannot load the data set from ${
        folderOf(images)
      }: found ${bytes} bytes of red, green and blue in all, want at most ${LARGEST}`,
    );
  }
  return sides;
}
