import { describe, expect, it, vi } from "vitest";
import { UserError } from "../../core/lib/errors.ts";
import { parseLabels } from "../../datasets/labels.ts";
import { encodeIdx } from "./encode_idx.ts";

function file(bytes: Uint8Array) {
  return { path: "labels", compressed: false, bytes, sha256: "" };
}

/** A file of big-endian 32-bit integers, `[labels, numbers]`. */
function integers(labels: readonly (readonly number[])[]): Uint8Array {
  const data = Buffer.alloc(4 * labels.flat().length);
  labels.flat().forEach((value, i) => data.writeInt32BE(value, 4 * i));
  const content = encodeIdx([labels.length, labels[0]!.length], data);
  content[2] = 0x0c;
  return content;
}

/** QMNIST's label of a class. */
const extended = (label: number) => [label, 1, 2000, label, 5, 0, 0, 0];

describe("parseLabels()", () => {
  it("reads a byte a label", () => {
    const content = encodeIdx([3], Uint8Array.of(7, 0, 255));
    expect(parseLabels(file(content))).toEqual(Uint8Array.of(7, 0, 255));
  });

  it("takes the class of QMNIST's labels", () => {
    const content = integers([7, 0, 255].map(extended));
    expect(parseLabels(file(content))).toEqual(Uint8Array.of(7, 0, 255));
  });

  it.each([
    [
      "other numbers",
      integers([[1, 2, 3]]),
      "at offset 8 found 3 numbers a label, want 8, as QMNIST has them",
    ],
    [
      "a class that is none",
      integers([extended(3), extended(256)]),
      "at offset 44 found class 256, want one from 0 to 255",
    ],
    [
      "a negative class",
      integers([extended(-1)]),
      "at offset 12 found class -1, want one from 0 to 255",
    ],
    [
      "truncated data",
      integers([extended(1)]).subarray(0, 40),
      "at offset 40 found the end of the data, want 44 bytes in all (a header of 12 and 1 x 8 x 4)",
    ],
    [
      "integers of one dimension",
      Buffer.from([0, 0, 0x0c, 1, 0, 0, 0, 1, 0, 0, 0, 7]),
      "at offset 2 found data type 0x0c (32-bit integers), want 0x08 (unsigned bytes)",
    ],
  ])("rejects %s", (_, content, message) => {
    expect(() => parseLabels(file(content))).toThrow(
      `Cannot read IDX file "labels": ${message}`,
    );
  });
  it.each([
    ["bytes", encodeIdx([2, 10], new Uint8Array(20))],
    ["integers", integers([[0, 0, 1, 0, 0, 0, 0, 0, 0, 0]])],
    ["floats", Buffer.from([0, 0, 0x0d, 2, 0, 0, 0, 1, 0, 0, 0, 10])],
  ])("says what to do with one-hot labels of %s", (_, content) => {
    const thrown = vi.fn(() => parseLabels(file(content)));
    expect(thrown).toThrow(UserError);
    expect(thrown.mock.results[0]!.value.hint).toMatch(
      /^Write one class an image, .* \(one-hot\), .* \(argmax\)$/,
    );
  });
});
