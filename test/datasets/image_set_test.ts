import { describe, expect, it, vi } from "vitest";
import type { DataFile } from "../../datasets/data_file.ts";
import {
  checkSameSize,
  countClasses,
  pairImages,
  takeFirst,
} from "../../datasets/image_set.ts";
import { encodeIdx } from "./encode_idx.ts";
import { bytes } from "./idx_fixture.ts";

function file(path: string, content: Uint8Array): DataFile {
  return { path, compressed: false, bytes: content, sha256: "" };
}

const images = file("images", encodeIdx([4, 2, 3], bytes(24, 5)));
const labels = file("labels", encodeIdx([4], Uint8Array.of(1, 200, 1, 0)));

describe("pairImages()", () => {
  it("joins images and labels", () => {
    expect(pairImages(images, labels)).toEqual({
      count: 4,
      height: 2,
      width: 3,
      images: bytes(24, 5),
      labels: Uint8Array.of(1, 200, 1, 0),
    });
  });

  it("rejects another number of labels", () => {
    const three = file("labels", encodeIdx([3], bytes(3, 1)));
    expect(() => pairImages(images, three)).toThrow(
      'Cannot use "labels" with "images": at offset 4 found 3 labels, want 4, one for each image',
    );
  });
});

describe("pairImages() of one-hot labels in one row", () => {
  const hintOf = (...numbers: readonly number[]) => {
    const several = file("labels", encodeIdx([8], Uint8Array.from(numbers)));
    const pair = vi.fn(() => pairImages(images, several));
    expect(pair).toThrow("found 8 labels, want 4");
    return pair.mock.results[0]!.value.hint;
  };

  it("says what to do with them", () => {
    expect(hintOf(0, 1, 1, 0, 1, 0, 0, 1)).toMatch(/\(one-hot\)/);
    expect(hintOf(0, 1, 2, 0, 1, 0, 0, 1)).toBeUndefined();
  });
});

describe("checkSameSize()", () => {
  const set = { ...pairImages(images, labels), height: 28, width: 28 };
  const paths = { train: "train-images", test: "test-images" };

  it("accepts images of one size", () => {
    expect(() => checkSameSize(set, set, paths)).not.toThrow();
  });

  it.each([
    ["height", 8],
    ["width", 12],
  ])("rejects another %s", (side, offset) => {
    expect(() => checkSameSize(set, { ...set, [side]: 32 }, paths)).toThrow(
      `Cannot use "test-images" with "train-images": at offset ${offset} found a ${side} of 32, ` +
        "want 28, that of the training images",
    );
  });
});

describe("takeFirst()", () => {
  const set = pairImages(images, labels);

  it("takes the first images, in buffers of their own", () => {
    const taken = takeFirst(set, 2);
    expect(taken.count).toBe(2);
    expect(taken.images).toEqual(bytes(12, 5));
    expect(taken.labels).toEqual(Uint8Array.of(1, 200));
    expect(taken.images.buffer.byteLength).toBe(12);
  });

  it.each([undefined, 4, 5])("takes all with a limit of %s", (limit) => {
    expect(takeFirst(set, limit)).toEqual({
      count: 4,
      images: set.images,
      labels: set.labels,
    });
  });
});

describe("countClasses()", () => {
  it("counts the different labels", () => {
    expect(countClasses(pairImages(images, labels))).toBe(3);
  });
});
