import { cp, mkdir, readFile, rename, rm, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import { fingerprintSource } from "../../datasets/fingerprint.ts";
import { loadDataset, readSource } from "../../datasets/load.ts";
import { coloursOf } from "../../datasets/png_image.ts";
import { findSource } from "../../datasets/sources.ts";
import { temporaryFolder } from "./idx_fixture.ts";

const FIXTURES = fileURLToPath(new URL("./fixtures/pictures", import.meta.url));

/** As the fixtures' script has it. */
const images = (places: readonly number[]) =>
  Uint8Array.from(
    places.flatMap((i) =>
      Array.from({ length: 12 }, (_, p) => (37 * i + 11 * p + 5) % 251)
    ),
  );

describe("folders of PNG images", () => {
  it("are read as Pillow writes them: grey, palette, equal colours, opaque", async () => {
    const dir = await copyOf("split");
    expect(await loadDataset({ dir })).toEqual({
      name: "pets",
      source: "PNG files: pets",
      synthetic: false,
      height: 4,
      width: 3,
      train: {
        count: 6,
        images: images([0, 1, 2, 3, 4, 5]),
        labels: Uint8Array.of(0, 1, 0, 1, 0, 1),
      },
      test: { count: 2, images: images([0, 1]), labels: Uint8Array.of(0, 1) },
    });
  });

  it("may lack a split, and be named by numbers, which are the labels", async () => {
    const { train, test } = await loadDataset({ dir: await copyOf("whole") });
    expect([...train.labels]).toEqual([
      10,
      2,
      10,
      2,
      10,
      2,
      10,
      2,
      10,
      2,
      10,
      2,
    ]);
    expect(train.images).toEqual(
      images([0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11]),
    );
    expect([test.count, test.images, [...test.labels]])
      .toEqual([1, images([12]), [10]]);
  });

  it("may be called training and testing", async () => {
    const dir = await copyOf("split");
    await rename(join(dir, "train"), join(dir, "training"));
    await rename(join(dir, "test"), join(dir, "Testing"));
    expect((await loadDataset({ dir })).test.count).toBe(2);
  });

  it("have a digest a class in the key, of names and bytes", async () => {
    const dir = await copyOf("split");
    const fingerprint = async () =>
      await fingerprintSource(await findSource({ dir }));
    const before = await fingerprint();
    expect(Object.keys(before)).toEqual([
      "data",
      ...["train/cat", "train/dog", "test/cat", "test/dog"]
        .map((name) => `images of ${name}`),
    ]);
    expect((await readSource(await findSource({ dir }))).fingerprint)
      .toEqual(before);
    await rename(join(dir, "train/cat/0.png"), join(dir, "train/cat/7.png"));
    const after = await fingerprint();
    const changed = Object.keys(before).filter((name) =>
      before[name] !== after[name]
    );
    expect(changed).toEqual(["images of train/cat"]);
  });
});

it("one image in colours gives all red, green and blue", async () => {
  const dir = await copyOf("split");
  await cp(join(FIXTURES, "other/colours.png"), join(dir, "train/dog/1.png"));
  const { height, width, channels, train, test } = await loadDataset({ dir });
  expect([height, width, channels]).toEqual([4, 3, 3]);
  expect([train.images.length, test.images.length]).toEqual([6 * 36, 2 * 36]);
  // The images of the fixtures' script beside each other, as it has them.
  const planes = [0, 1, 2].map((i) => images([i]));
  expect(train.images.subarray(36, 2 * 36)).toEqual(
    Uint8Array.from(
      { length: 36 },
      (_, i) => planes[i % 3]![Math.floor(i / 3)]!,
    ),
  );
  expect(test.images.subarray(0, 36)).toEqual(
    Uint8Array.from({ length: 36 }, (_, i) => planes[0]![Math.floor(i / 3)]!),
  );
});

describe("a folder of images is refused", () => {
  it.each([
    ["transparent.png", "found a transparent pixel in row 1, column 1"],
    ["deep.png", "found 16 bits a value, want 8 bits or fewer"],
    ["narrow.png", "found 4 x 2, want 4 x 3, for images of a set are"],
    ["photo.jpg", "found a JPEG image, want a PNG image"],
  ])("that has %s", async (file, message) => {
    const dir = await copyOf("split");
    await cp(join(FIXTURES, "other", file), join(dir, "train/dog/1.png"));
    await expect(loadDataset({ dir })).rejects.toMatchObject({
      name: "UserError",
      message: expect.stringMatching(
        /^Cannot (?:read|use) image ".*dog\/1\.png/,
      ),
    });
    await expect(loadDataset({ dir })).rejects.toThrow(message);
  });

  it("that has damaged images", async () => {
    const dir = await copyOf("split");
    const path = join(dir, "test/cat/0.png");
    const whole = await readFile(path);
    const refuse = async (bytes: Uint8Array, message: string) => {
      await writeFile(path, bytes);
      await expect(loadDataset({ dir })).rejects.toThrow(
        `Cannot read image "${path}": found ${message}`,
      );
    };
    await refuse(whole.subarray(0, -20), "damage (");
    const touched = Uint8Array.from(whole);
    touched[whole.indexOf("IDAT") + 8]! ^= 1;
    await refuse(touched, "damage (");
    await refuse(whole.subarray(0, 10), "10 bytes that are none");
    await refuse(new Uint8Array(), "0 bytes that are none");
  });

  it("that lies otherwise", async () => {
    const refuse = async (
      change: (dir: string) => Promise<unknown>,
      message: string,
      name: "split" | "whole" = "split",
    ) => {
      const dir = await copyOf(name);
      await change(dir);
      await expect(loadDataset({ dir })).rejects.toThrow(message);
    };
    const remove = (path: string) => (dir: string) =>
      rm(join(dir, path), { recursive: true });
    const add = (path: string, file = "photo.jpg") => (dir: string) =>
      cp(join(FIXTURES, "other", file), join(dir, path));
    await refuse(
      remove("test"),
      'found images in "train" and none in "test", want both',
    );
    await refuse(
      remove("train/dog"),
      'found a test image of class "dog", want classes of the training images, which are cat',
    );
    await refuse(
      add("train/loose.png", "narrow.png"),
      'found image "loose.png" in it, want a folder for each class',
    );
    await refuse(add("train/cat/photo.jpg"), "beside PNG images");
    await refuse(
      remove("10/12.png"),
      "found no class of 7 images",
      "whole",
    );
    await refuse(
      async (dir) => {
        await rm(dir, { recursive: true });
        await mkdir(join(dir, "cat"), { recursive: true });
        await add("cat/photo.jpg")(dir);
      },
      "found no train images",
    );
  });
});

it("black and white become 0 and 255", async () => {
  const path = join(FIXTURES, "other/bits.png");
  const bytes = await readFile(path);
  const colours = await coloursOf({
    path,
    bytes,
    compressed: false,
    sha256: "",
  });
  const levels = colours.filter((_, i) => i % 3 === 0);
  expect([...levels]).toEqual([255, 0, 0, 0, 255, 0, 0, 0, 255, 0, 0, 0]);
});

/** A copy of a set of the fixtures in a folder `pets`. */
async function copyOf(name: "split" | "whole"): Promise<string> {
  const folder = join(await temporaryFolder(), "pets");
  await mkdir(dirname(folder), { recursive: true });
  await cp(join(FIXTURES, name), folder, { recursive: true });
  return folder;
}
