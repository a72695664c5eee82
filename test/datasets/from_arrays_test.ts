import { rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { normaliseConfig } from "../../core/vae/normalise.ts";
import loadMnist from "../../core/vae/stages/load_mnist.ts";
import { fingerprintSource } from "../../datasets/fingerprint.ts";
import { type ArraysOptions, fromArrays } from "../../datasets/from_arrays.ts";
import { keepArrays } from "../../datasets/kept_arrays.ts";
import { loadDataset } from "../../datasets/load.ts";
import { findSource } from "../../datasets/sources.ts";
import { bytes, temporaryFolder } from "./idx_fixture.ts";

let cache: string;

beforeEach(async () => {
  cache = await temporaryFolder();
  vi.stubEnv("VAE_PRIORS_CACHE", cache);
});
afterEach(() => void vi.unstubAllEnvs());

/** 14 images of 2 x 3 in two classes. */
const some = (more: Partial<ArraysOptions> = {}): ArraysOptions => ({
  images: bytes(84, 7),
  labels: Array.from({ length: 14 }, (_, i) => i % 2),
  height: 2,
  width: 3,
  ...more,
});

describe("fromArrays()", () => {
  it("makes a data set of which every seventh image of a class is a test image", async () => {
    const { arrays } = await kept(some({ name: "stripes" }));
    expect(await loadDataset({ arrays })).toEqual({
      name: "stripes",
      source: "IDX files: stripes",
      synthetic: false,
      height: 2,
      width: 3,
      train: {
        count: 12,
        images: bytes(84, 7).slice(0, 72),
        labels: Uint8Array.from({ length: 12 }, (_, i) => i % 2),
      },
      test: {
        count: 2,
        images: bytes(84, 7).slice(72),
        labels: Uint8Array.of(0, 1),
      },
    });
  });

  it("takes floats, square images and test images", async () => {
    const images = Float32Array.of(0, 1, 0.5, 0.2, 1, 1, 0, 0);
    const test = { images: images.slice(0, 4), labels: [7] };
    const { arrays } = await kept({ images, labels: [1, 2], test });
    const dataset = await loadDataset({ arrays });
    expect(dataset).toMatchObject({ name: "arrays", height: 2, width: 2 });
    expect([...dataset.train.images]).toEqual([
      0,
      255,
      128,
      51,
      255,
      255,
      0,
      0,
    ]);
    expect([...dataset.test.labels]).toEqual([7]);
  });

  it.each<[Partial<ArraysOptions>, string]>([
    [
      { images: bytes(83, 7) },
      '"images" of fromArrays: found 83 values, want 84',
    ],
    [{ labels: [] }, "for 0 labels"],
    [{ labels: Array(14).fill(256) }, "found 256 as label 0, want a class"],
    [{ labels: Array(14).fill(0.5) }, "found 0.5 as label 0"],
    [
      { images: new Float32Array(84).fill(2) },
      "found 2 as value 0, want floats",
    ],
    [{ images: new Float32Array(84).fill(NaN) }, "found NaN as value 0"],
    [{ images: new Int8Array(84) as never }, "found another kind of array"],
    [{ height: 0 }, '"height" of fromArrays: found 0'],
    [{ name: "my/set" }, '"name" of fromArrays: found "my/set"'],
    [{ name: "data" }, "want a name that tells the set"],
    [
      { test: { images: bytes(5, 7), labels: [1] } },
      '"test.images" of fromArrays',
    ],
    [
      { labels: Array.from({ length: 14 }, (_, i) => i) },
      "found no class of 7 images",
    ],
  ])("refuses %o", (options, message) => {
    expect(() => fromArrays(some(options))).toThrow(message);
  });

  it("asks for the size of images that are not square, and whether they have colours", () => {
    const { images, labels } = some();
    expect(() => fromArrays({ images, labels })).toThrow(
      "found 84 values and 14 labels, want square images",
    );
    expect(() => fromArrays(some({ images: bytes(3 * 84, 7) }))).toThrow(
      expect.objectContaining({
        hint: "Of red, green and blue say so: channels: 3",
      }),
    );
  });
});

describe("dataset of a config", () => {
  const priors = ["./plugins/gaussian.ts"];

  it("becomes an option of load_mnist, with other digests for other bytes", async () => {
    const dataset = fromArrays(some());
    const config = await normaliseConfig({
      priors,
      dataset,
      load_mnist: { trainLimit: 3 },
    });
    const options = config.stageOptions["load_mnist"];
    expect(options).toEqual({
      arrays: dataset.arrays,
      source: "auto",
      trainLimit: 3,
    });
    const digests = async ({ arrays }: { arrays: string }) =>
      await fingerprintSource(await findSource({ arrays }));
    const before = await digests(dataset);
    const other = await kept(some({ images: bytes(84, 8) }));
    expect(other.arrays).not.toBe(dataset.arrays);
    const after = await digests(other);
    expect(Object.keys(before).filter((key) => before[key] !== after[key]))
      .toEqual(["train images", "test images"]);
  });

  it("is written anew where what was kept is damaged", async () => {
    const dataset = await kept(some());
    const { files } = await findSource(dataset) as {
      files: Record<string, string>;
    };
    await writeFile(files["train labels"]!, "");
    await keepArrays(dataset);
    expect((await loadDataset(dataset)).train.count).toBe(12);
  });

  it("is refused where the cache cannot be written to", async () => {
    await writeFile(join(cache, "arrays"), "");
    await expect(kept(some())).rejects.toMatchObject({
      name: "UserError",
      message: expect.stringMatching(
        /^Cannot keep the arrays of the data set in ".*arrays/,
      ),
      hint: expect.stringContaining("VAE_PRIORS_CACHE"),
    });
  });

  it("is missed with what to do where another machine made it", async () => {
    const { arrays } = await kept(some());
    await rm(cache, { recursive: true });
    const read = loadMnist.externalFiles!({ arrays, source: "auto" }, {
      baseDirectory: ".",
      digest: () => Promise.reject(new Error("nothing to digest")),
    });
    await expect(read).rejects.toMatchObject({
      name: "UserError",
      message: expect.stringContaining(
        `found no arrays "${arrays}" on this machine, want them in "${
          join(cache, "arrays")
        }`,
      ),
      hint: expect.stringContaining("name those in load_mnist.dir"),
    });
  });

  it("is refused beside a folder, and where fromArrays has not made it", async () => {
    const { arrays } = await kept(some());
    await expect(findSource({ arrays, dir: "some" })).rejects.toThrow(
      'found both arrays and the option "dir"',
    );
    await expect(normaliseConfig({ priors, dataset: "some" })).rejects.toThrow(
      'Cannot read "dataset": found "some", want what fromArrays',
    );
  });
});

async function kept(options: ArraysOptions) {
  const dataset = fromArrays(options);
  await keepArrays(dataset);
  return dataset;
}
