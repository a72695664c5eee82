/**
 * Finds images in folders of their classes.
 *
 * @module
 */

import { readdir, stat } from "node:fs/promises";
import { join } from "node:path";
import { messageOf, UserError } from "../core/lib/errors.ts";

/** Paths of images by class and name, `cat/001.png`, sorted. */
type Images = Readonly<Record<string, string>>;

/**
 * The images of a set, by `train/cat/001.png`, or `cat/001.png` where they are
 * not split; null where `folder` holds no folders of PNG images.
 *
 * @throws {UserError} where a folder cannot be read, half of a split is
 * missing, a class has no or other images, or images lie outside of a class.
 */
export async function findImages(folder: string): Promise<Images | null> {
  const names = await foldersIn(folder);
  if (names === null) return null;
  const [train, test] = [/^train(?:ing)?$/i, /^test(?:ing)?$/i].map((split) =>
    names.find((name) => split.test(name))
  );
  if (train === undefined && test === undefined) {
    return await classesIn(
      folder,
      names.filter((name) => !VALIDATION.test(name)),
    );
  }
  const [ofTrain, ofTest] = [
    await imagesOfSplit(folder, train),
    await imagesOfSplit(folder, test),
  ];
  if (ofTrain === null && ofTest === null) return null;
  if (ofTrain === null || ofTest === null) {
    const [found, missing] = ofTrain === null
      ? [test, "train"]
      : [train, "test"];
    throw new UserError(
      `Cannot load the data set from "${folder}": found images in "${found}" and none in "${missing}", want both`,
      {
        hint:
          "Where there is no such split, name the folder with the classes: of each, every seventh image becomes a test image",
      },
    );
  }
  return { ...prefixed("train", ofTrain), ...prefixed("test", ofTest) };
}

/** Folders of images that are neither trained on nor judged on. */
const VALIDATION = /^val(?:id(?:ation)?)?$/i;
const PNG = /^[^.].*\.png$/i;
const OTHER_IMAGE = /^[^.].*\.(?:jpe?g|bmp|gif|tiff?|webp|pgm)$/i;

async function imagesOfSplit(
  folder: string,
  split: string | undefined,
): Promise<Images | null> {
  if (split === undefined) return null;
  const path = join(folder, split);
  const images = await classesIn(path, await foldersIn(path) ?? []);
  const loose = (await entriesOf(path)).find((name) => PNG.test(name));
  if (loose === undefined) return images;
  throw new UserError(
    `Cannot load the data set from "${path}": found image "${loose}" in it, want a folder for each class, and images in those`,
    { hint: `Move it to a folder of its class: ${split}/${CLASS}/${loose}` },
  );
}

/** A class in a hint. */
const CLASS = "0";

/** The images of those folders that have some; null where none has. */
async function classesIn(
  folder: string,
  names: readonly string[],
): Promise<Images | null> {
  const images: Record<string, string> = {};
  const others: string[] = [];
  for (const name of names) {
    const entries = await entriesOf(join(folder, name));
    for (const entry of entries.filter((one) => PNG.test(one))) {
      images[`${name}/${entry}`] = join(folder, name, entry);
    }
    const other = entries.find((one) => OTHER_IMAGE.test(one));
    if (other !== undefined) others.push(join(folder, name, other));
  }
  if (Object.keys(images).length === 0) return null;
  if (others.length === 0) return images;
  throw new UserError(
    `Cannot load the data set from "${folder}": found image "${
      others[0]
    }" beside PNG images, want no others`,
    {
      hint:
        'Write it as PNG, with Pillow: Image.open(file).convert("L").save("name.png"), and move the other away',
    },
  );
}

function prefixed(split: string, images: Images): Images {
  return Object.fromEntries(
    Object.entries(images).map(([name, path]) => [`${split}/${name}`, path]),
  );
}

/** Sorted names, without hidden ones; null where there is no such folder. */
async function foldersIn(folder: string): Promise<string[] | null> {
  const found = await readdir(folder, { withFileTypes: true })
    .catch(() => null);
  if (found === null) return null;
  const names: string[] = [];
  for (const entry of found) {
    if (entry.name.startsWith(".")) continue;
    const isFolder = entry.isSymbolicLink()
      ? await stat(join(folder, entry.name))
        .then((one) => one.isDirectory(), () => false)
      : entry.isDirectory();
    if (isFolder) names.push(entry.name);
  }
  return names.sort();
}

async function entriesOf(folder: string): Promise<string[]> {
  try {
    return (await readdir(folder)).sort();
  } catch (cause) {
    throw new UserError(
      `Cannot read data folder "${folder}": ${messageOf(cause)}`,
      { cause },
    );
  }
}
