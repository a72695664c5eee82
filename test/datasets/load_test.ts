import { mkdir, writeFile } from "node:fs/promises";
import { basename, join } from "node:path";
import { describe, expect, it } from "vitest";
import { mnistNames, roleNames, roles } from "../../datasets/mnist.ts";
import {
  countClasses,
  type FileSource,
  findSource,
  fingerprintSource,
  loadDataset,
  readDataFile,
  readSource,
} from "../../datasets/mod.ts";
import {
  bytes,
  rename,
  smallSet,
  temporaryFolder,
  writeFiles,
} from "./idx_fixture.ts";
import { mnistMissing } from "./mnist_here.ts";

describe("loadDataset()", () => {
  it.each(["", ".gz"])(
    "reads a folder of IDX files%s, named after it",
    async (suffix) => {
      const dir = await writeFiles(
        await temporaryFolder(),
        rename(smallSet(), (name) => name + suffix),
      );
      expect(await loadDataset({ dir })).toEqual({
        name: basename(dir),
        source: `IDX files: ${basename(dir)}`,
        synthetic: false,
        height: 4,
        width: 5,
        train: { count: 6, images: bytes(120, 7), labels: bytes(6, 1) },
        test: { count: 3, images: bytes(60, 11), labels: bytes(3, 1) },
      });
    },
  );

  it("takes the first images of files", async () => {
    const dir = await writeFiles(await temporaryFolder(), smallSet());
    const { train, test } = await loadDataset({
      dir,
      trainLimit: 2,
      testLimit: 100,
    });
    expect(train).toEqual({
      count: 2,
      images: bytes(40, 7),
      labels: bytes(2, 1),
    });
    expect(test.count).toBe(3);
  });

  it("takes the first of the drawn digits", async () => {
    const options = {
      source: "synthetic",
      trainLimit: 5,
      testLimit: 4,
    } as const;
    const { synthetic, train, test } = await loadDataset(options);
    expect([synthetic, train.count, test.count, train.images.length]).toEqual([
      true,
      5,
      4,
      5 * 784,
    ]);
  });

  it("draws 12000 and 2000 digits, and no more if more are asked for", async () => {
    const { train, test } = await loadDataset({
      source: "synthetic",
      trainLimit: 12_001,
      testLimit: 2001,
    });
    expect([train.count, test.count]).toEqual([12_000, 2000]);
  });

  it("rejects test images of another size", async () => {
    const {
      "t10k-images-idx3-ubyte": images,
      "t10k-labels-idx1-ubyte": labels,
    } = smallSet({ width: 6 });
    const files = {
      ...smallSet(),
      "t10k-images-idx3-ubyte": images,
      "t10k-labels-idx1-ubyte": labels,
    };
    const dir = await writeFiles(await temporaryFolder(), files);
    await expect(loadDataset({ dir })).rejects.toThrow(
      "at offset 12 found a width of 6, want 5",
    );
  });

  it("names the file of a defect", async () => {
    const dir = await writeFiles(await temporaryFolder(), smallSet());
    await writeFile(join(dir, "train-labels-idx1-ubyte"), "not IDX");
    await expect(loadDataset({ dir })).rejects.toThrow(
      `Cannot read IDX file "${
        join(dir, "train-labels-idx1-ubyte")
      }": at offset 0 found text: "not IDX"`,
    );
  });
});

describe("readSource()", () => {
  it("gives the fingerprint of what it read", async () => {
    const dir = await writeFiles(
      await temporaryFolder(),
      rename(smallSet(), (name) => `${name}.gz`),
    );
    const files = await findSource({ dir });
    expect((await readSource(files)).fingerprint).toEqual(
      await fingerprintSource(files),
    );
    const drawn = await findSource({ source: "synthetic" });
    expect((await readSource(drawn, { train: 1, test: 1 })).fingerprint)
      .toEqual(await fingerprintSource(drawn));
  });
});

describe("readSource() of what is not MNIST", () => {
  async function read(...path: string[]) {
    const folder = join(await temporaryFolder(), ...path);
    return await readSource(
      await findSource({ dir: await writeFiles(folder, smallSet()) }),
    );
  }

  it("takes the name from the folder that tells it", async () => {
    const { dataset, warnings } = await read("FashionMNIST", "raw");
    expect([dataset.name, warnings]).toEqual(["FashionMNIST", []]);
  });

  it("contradicts a name that says MNIST", async () => {
    const { dataset, warnings } = await read("datasets", "mnist");
    expect(dataset.name).toBe('"mnist" (not MNIST)');
    expect(warnings).toEqual([
      `"mnist" is not MNIST: its files have other checksums than MNIST's`,
    ]);
  });

  it("warns of dark images", async () => {
    const files = smallSet();
    const images = files["train-images-idx3-ubyte"];
    images.set(images.subarray(16).map((value) => value >> 4), 16);
    const dir = await writeFiles(await temporaryFolder(), files);
    const { warnings } = await readSource(await findSource({ dir }));
    expect(warnings).toEqual([
      expect.stringContaining(
        'the largest value in "train-images-idx3-ubyte" is 15',
      ),
    ]);
  });
});

const missing = await mnistMissing();

describe.skipIf(missing !== null)("MNIST itself", () => {
  it("is read and recognised", async () => {
    const dataset = await loadDataset({ source: "files" });
    expect(dataset).toMatchObject({
      name: "mnist",
      synthetic: false,
      height: 28,
      width: 28,
    });
    expect([dataset.train.count, dataset.test.count]).toEqual([60_000, 10_000]);
    expect(Array.from(dataset.train.labels.subarray(0, 8))).toEqual([
      5,
      0,
      4,
      1,
      9,
      2,
      1,
      3,
    ]);
    expect(Array.from(dataset.test.labels.subarray(0, 8))).toEqual([
      7,
      2,
      1,
      0,
      4,
      1,
      4,
      9,
    ]);
    expect(countClasses(dataset.train)).toBe(10);
    const sum = dataset.train.images.reduce((total, value) => total + value, 0);
    expect(sum / dataset.train.images.length).toBeCloseTo(33.318, 3);
  });

  it("is told from a copy with another file", async () => {
    const source = await findSource() as FileSource;
    const folder = join(await temporaryFolder(), "digits");
    await mkdir(folder);
    for (const role of roles) {
      const { bytes } = await readDataFile(source.files[roleNames[role]]!);
      // The largest file is the one that no plan looks into.
      if (role === "trainImages") bytes[5000]! ^= 1;
      await writeFile(join(folder, mnistNames[role]), bytes);
    }
    const { dataset, fingerprint, warnings } = await readSource(
      await findSource({ dir: folder }),
    );
    expect(fingerprint.data).toBe('IDX files in "digits"');
    expect(dataset.name).toBe('"digits" (not MNIST)');
    expect(warnings).toEqual([
      `"digits" is not MNIST: its train images have other checksums than MNIST's`,
    ]);
  });
});
