import { copyFile, mkdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";
import { describe, expect, it } from "vitest";
import { fingerprintSource } from "../../datasets/fingerprint.ts";
import { loadDataset } from "../../datasets/load.ts";
import { findSource } from "../../datasets/sources.ts";
import { temporaryFolder } from "./idx_fixture.ts";

const FIXTURES = fileURLToPath(new URL("./fixtures/arrays", import.meta.url));
const FOUR = ["train_images", "train_labels", "test_images", "test_labels"];

/** As the fixtures' script has it. */
const images = (places: readonly number[]) =>
  Uint8Array.from(
    places.flatMap((i) =>
      Array.from({ length: 12 }, (_, p) => (37 * i + 11 * p + 5) % 251)
    ),
  );
const first = (count: number) => Array.from({ length: count }, (_, i) => i);
const setOf = (places: readonly number[]) => ({
  count: places.length,
  images: images(places),
  labels: Uint8Array.from(places, (i) => i % 3),
});

describe("an archive of arrays", () => {
  it.each([
    ["breastmnist", "MedMNIST's names, labels of one column"],
    ["keras", "Keras' names, 64-bit labels, not compressed"],
  ])("is read where it is %s.npz: %s", async (name) => {
    const dir = await folderWith({ [`${name}.npz`]: `${name}.npz` });
    const dataset = {
      name,
      source: `NPZ files: ${name}`,
      synthetic: false,
      height: 4,
      width: 3,
      train: setOf(first(6)),
      test: setOf(first(4)),
    };
    expect(await loadDataset({ dir })).toEqual(dataset);
    expect(await loadDataset({ dir: join(dir, `${name}.npz`) }))
      .toEqual(dataset);
    expect(Object.keys(await fingerprintSource(await findSource({ dir }))))
      .toEqual(["data", "archive"]);
  });

  it("is named where there are several", async () => {
    const dir = await folderWith({
      "keras.npz": "keras.npz",
      "other.npz": "keras.npz",
    });
    await expect(loadDataset({ dir })).rejects.toMatchObject({
      message: expect.stringContaining(
        "found 2 archives (keras.npz, other.npz), want one",
      ),
      hint: `Name the one you want in the folder's place: "${
        join(dir, "keras.npz")
      }"`,
    });
  });

  it("is refused without the names, damaged, or of another kind", async () => {
    const refuse = async (bytes: Uint8Array, message: string) => {
      const dir = await temporaryFolder();
      await writeFile(join(dir, "some.npz"), bytes);
      await expect(loadDataset({ dir })).rejects.toThrow(message);
    };
    await refuse(
      await fixture("unnamed.npz"),
      "found arr_0, arr_1, want train_images, train_labels,",
    );
    const whole = await fixture("keras.npz");
    await refuse(whole.subarray(0, 700), "found damage (");
    const touched = Uint8Array.from(whole);
    touched[whole.indexOf("x_train.npy") + 160]! ^= 1;
    await refuse(touched, 'found damage ("x_train.npy" with another checksum)');
    await refuse(await fixture("images.npy"), "want a whole ZIP archive");
  });
});

it("colours are read as PathMNIST has them", async () => {
  const dir = await temporaryFolder();
  await writeFile(join(dir, "some.npz"), await fixture("colours.npz"));
  const { height, width, channels, train } = await loadDataset({ dir });
  expect([height, width, channels]).toEqual([4, 3, 3]);
  const grey = setOf(first(6)).images;
  expect(train.images).toEqual(
    Uint8Array.from({ length: 6 * 36 }, (_, i) => grey[Math.floor(i / 3)]!),
  );
});

describe("files of arrays", () => {
  it("are read with whole numbers of any width, order and one channel anywhere", async () => {
    const dir = await fourWith({});
    expect(await loadDataset({ dir })).toMatchObject({
      height: 4,
      width: 3,
      train: setOf(first(6)),
      test: setOf(first(4)),
    });
    expect(Object.keys(await fingerprintSource(await findSource({ dir }))))
      .toEqual(["data", ...FOUR.map((name) => name.replace("_", " "))]);
  });

  it("may be a pair: of each class every seventh image is a test image", async () => {
    const dir = await folderWith({
      "images.npy": "images.npy",
      "labels.npy": "labels.npy",
    });
    const { train, test } = await loadDataset({ dir });
    expect(train).toEqual(setOf(first(18)));
    expect(test).toEqual(setOf([18, 19, 20]));
  });

  it("may be gzipped", async () => {
    const dir = await temporaryFolder();
    for (const name of FOUR) {
      const bytes = gzipSync(await fixture(`${name}.npy`));
      await writeFile(join(dir, `${name}.npy.gz`), bytes);
    }
    expect((await loadDataset({ dir })).train).toEqual(setOf(first(6)));
  });

  it.each([
    ["train_images", "flat", "found shape (6, 12), want (number, height"],
    ["train_images", "none", "found shape (0, 4, 3)"],
    [
      "train_images",
      "floats",
      'found floats (type "<f4"), want levels',
    ],
    ["train_images", "truths", 'found true and false (type "|b1")'],
    ["train_images", "large", "found 257 as value 47, want levels"],
    ["train_images", "columns", "found values column by column (Fortran's"],
    ["test_images", "smaller", "found images of 4 x 2, want 4 x 3"],
    ["test_images", "train_images", "found 4 labels, want 6, one for each"],
    ["train_labels", "one_hot", "found shape (6, 3), want (6,), a class"],
    ["train_labels", "negative", "found -1 as value 0, want classes"],
    ["train_labels", "real", 'found floats (type "<f8"), want classes'],
    ["train_labels", "texts", 'found values of type "<U1", want whole'],
    ["train_labels", "objects", 'found values of type "|O", want whole'],
    ["train_labels", "records", "found records, want whole numbers"],
  ])(
    "are refused where %s are those of %s.npy",
    async (what, file, message) => {
      const dir = await fourWith({ [what]: file });
      await expect(loadDataset({ dir })).rejects.toMatchObject({
        name: "UserError",
        message: expect.stringContaining(message),
      });
    },
  );

  it("are refused where they are cut off or no arrays", async () => {
    const dir = await fourWith({});
    const refuse = async (bytes: string | Uint8Array, message: string) => {
      await writeFile(join(dir, "train_images.npy"), bytes);
      await expect(loadDataset({ dir })).rejects.toThrow(
        `Cannot read NumPy file "${join(dir, "train_images.npy")}": ${message}`,
      );
    };
    const bytes = await fixture("train_images.npy");
    await refuse(
      bytes.subarray(0, -2),
      "found 70 bytes of data, want 72, for its shape is (6, 4, 3, 1)",
    );
    await refuse(
      bytes.subarray(0, 50),
      "found the end of the data at offset 50",
    );
    await refuse("<html><title>Sign in</title>", "found a web page (HTML)");
    await refuse("", "found 0 bytes of another kind");
  });

  it("cannot be split where no class has seven images", async () => {
    const dir = await folderWith({
      "images.npy": "train_images.npy",
      "labels.npy": "train_labels.npy",
    });
    await expect(loadDataset({ dir })).rejects.toThrow(
      "found no class of 7 images, want at least one",
    );
  });
});

async function fixture(file: string): Promise<Buffer> {
  return await readFile(join(FIXTURES, file));
}

/** The four arrays, some of them others of the fixtures. */
async function fourWith(
  others: Readonly<Record<string, string>>,
): Promise<string> {
  return await folderWith(Object.fromEntries(
    FOUR.map((name) => [`${name}.npy`, `${others[name] ?? name}.npy`]),
  ));
}

async function folderWith(
  files: Readonly<Record<string, string>>,
): Promise<string> {
  // A name that may be any folder's: the archive has the telling one.
  const folder = join(await temporaryFolder(), "data");
  await mkdir(folder);
  for (const [name, file] of Object.entries(files)) {
    await copyFile(join(FIXTURES, file), join(folder, name));
  }
  return folder;
}
