import { describe, expect, it } from "vitest";
import { UserError } from "../../core/lib/errors.ts";
import type { DataFile } from "../../datasets/data_file.ts";
import { parseIdx } from "../../datasets/idx.ts";
import { encodeIdx } from "./encode_idx.ts";
import { bytes } from "./idx_fixture.ts";

function file(content: Uint8Array, compressed = false): DataFile {
  return { path: "some-file", compressed, bytes: content, sha256: "" };
}

function error(
  content: Uint8Array,
  dimensions: 1 | 3,
  compressed = false,
): UserError {
  try {
    parseIdx(file(content, compressed), dimensions);
  } catch (thrown) {
    expect(thrown).toBeInstanceOf(UserError);
    return thrown as UserError;
  }
  throw new Error("nothing was thrown");
}

const images = encodeIdx([2, 3, 4], bytes(24, 3));
const labels = encodeIdx([5], bytes(5, 1));

/** `content` with one byte replaced. */
function patch(content: Uint8Array, offset: number, value: number): Uint8Array {
  const copy = new Uint8Array(content);
  copy[offset] = value;
  return copy;
}

describe("parseIdx()", () => {
  it("reads images and labels", () => {
    expect(parseIdx(file(images), 3)).toEqual({
      sizes: [2, 3, 4],
      data: bytes(24, 3),
    });
    expect(parseIdx(file(labels), 1)).toEqual({
      sizes: [5],
      data: bytes(5, 1),
    });
  });

  it("reads from the middle of a buffer and gives bytes of their own", () => {
    const within = Buffer.concat([Buffer.alloc(3), images]).subarray(3);
    const { sizes, data } = parseIdx(file(within), 3);
    expect(sizes).toEqual([2, 3, 4]);
    expect(data.buffer.byteLength).toBe(24);
    within.fill(0);
    expect(data).toEqual(bytes(24, 3));
  });

  it("allows every label", () => {
    const data = Uint8Array.from({ length: 256 }, (_, i) => i);
    expect(parseIdx(file(encodeIdx([256], data)), 1).data).toEqual(data);
  });

  it.each(
    [
      [
        "no magic number",
        images.subarray(0, 3),
        3,
        'Cannot read IDX file "some-file": at offset 3 found the end of the data, want a magic number of 4 bytes',
      ],
      [
        "a bad magic number",
        patch(patch(images, 0, 0x89), 1, 0x51),
        3,
        'Cannot read IDX file "some-file": at offset 0 found bytes 0x89 0x51, ' +
        "want 0x00 0x00, with which every IDX file begins",
      ],
      [
        "another data type",
        patch(images, 2, 0x0d),
        3,
        'Cannot read IDX file "some-file": at offset 2 found data type 0x0d (32-bit floats), ' +
        "want 0x08 (unsigned bytes)",
      ],
      [
        "an unknown data type",
        patch(images, 2, 0x77),
        3,
        'Cannot read IDX file "some-file": at offset 2 found data type 0x77 (unknown), want 0x08 (unsigned bytes)',
      ],
      [
        "labels for images",
        labels,
        3,
        'Cannot read IDX file "some-file": at offset 3 found 1 dimension, ' +
        "want 3 (number of images, height, width)",
      ],
      [
        "images for labels",
        images,
        1,
        'Cannot read IDX file "some-file": at offset 3 found 3 dimensions, want 1 (number of labels)',
      ],
      [
        "half a header",
        images.subarray(0, 10),
        3,
        'Cannot read IDX file "some-file": at offset 10 found the end of the data, want a header of 16 bytes',
      ],
      [
        "no images",
        encodeIdx([0, 3, 4], new Uint8Array()),
        3,
        'Cannot read IDX file "some-file": at offset 4 found 0 as the number of images, want at least 1',
      ],
      [
        "no labels",
        encodeIdx([0], new Uint8Array()),
        1,
        'Cannot read IDX file "some-file": at offset 4 found 0 as the number of labels, want at least 1',
      ],
      [
        "images of no width",
        encodeIdx([2, 3, 0], new Uint8Array()),
        3,
        'Cannot read IDX file "some-file": at offset 12 found 0 as the width, want at least 1',
      ],
      [
        "truncated data",
        images.subarray(0, 39),
        3,
        'Cannot read IDX file "some-file": at offset 39 found the end of the data, ' +
        "want 40 bytes in all (a header of 16 and 2 x 3 x 4)",
      ],
      [
        "trailing data",
        Buffer.concat([labels, Uint8Array.of(1)]),
        1,
        'Cannot read IDX file "some-file": at offset 13 found 1 more byte, ' +
        "want 13 bytes in all (a header of 8 and 5)",
      ],
    ] as const,
  )("rejects %s", (_, content, dimensions, message) => {
    expect(error(content, dimensions).message).toBe(message);
  });

  it("rejects sizes beyond all data", () => {
    const content = encodeIdx(
      [0xffffffff, 0xffffffff, 0xffffffff],
      bytes(9, 1),
    );
    expect(error(content, 3).message).toMatch(
      /at offset 25 found the end of the data, want 7\.92\d*e\+28 bytes in all/,
    );
  });

  it("says how other data types are to be written", () => {
    expect(error(patch(images, 2, 0x0d), 3).hint).toBe(
      "Write the pixels as unsigned bytes, from 0 (background) to 255 (ink)",
    );
    expect(error(patch(labels, 2, 0x0c), 1).hint).toBe(
      "Write the labels as unsigned bytes, one an image",
    );
  });

  it("says what a file of another kind is", () => {
    const page = Buffer.from("<!DOCTYPE html>\n<title>Sign in</title>");
    const plain = error(page, 3);
    expect(plain.message).toBe(
      'Cannot read IDX file "some-file": at offset 0 found a web page (HTML) titled "Sign in", ' +
        "want 0x00 0x00, with which every IDX file begins",
    );
    expect(plain.hint).toMatch(/fetch the file anew$/);
    const path = "train-images-idx3-ubyte.gz";
    expect(() => parseIdx({ ...file(page), path }, 3)).toThrow(
      'titled "Sign in", want gzip data, or 0x00 0x00, with which',
    );
  });

  it("says how images in rows of pixels are to be written", () => {
    expect(error(encodeIdx([2, 6], new Uint8Array(12)), 3).hint).toBe(
      "Write the images with number, height and width",
    );
  });

  it("suggests that images and labels were swapped", () => {
    expect(error(labels, 3).hint).toBe(
      "Look whether the files of images and labels have been swapped",
    );
    expect(error(patch(images, 3, 2), 3).hint).not.toMatch("swapped");
  });

  it("says when an offset counts decompressed bytes", () => {
    expect(error(images.subarray(0, 39), 3, true).message)
      .toContain("at offset 39 of the decompressed data found");
  });
});
