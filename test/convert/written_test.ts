import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { encodeNpy } from "../../core/convert/npy.ts";
import { encodeMessage } from "../../core/convert/protocol.ts";
import { encodeRecords } from "../../core/convert/tensorboard/records.ts";
import {
  histogramValue,
  scalarValue,
} from "../../core/convert/tensorboard/summaries.ts";

/** Bytes that NumPy, TensorFlow and TensorBoard wrote: fixtures/convert/generate.py. */
const written = JSON.parse(
  readFileSync(
    new URL("../fixtures/convert/written.json", import.meta.url),
    "utf8",
  ),
);
const text = (bytes: Uint8Array) => Buffer.from(bytes).toString("base64");

describe("the bytes are those of the format's own program", () => {
  it("for arrays, NumPy's", () => {
    const floats = Float32Array.from({ length: 6 }, (_, i) => i / 4);
    expect(text(encodeNpy([1, 2, 3], floats))).toBe(written.npy.floats);
    const bytes = Uint8Array.of(7, 0, 255);
    expect(text(encodeNpy([3], bytes))).toBe(written.npy.bytes);
  });

  it("for records, TensorFlow's", () => {
    const parts = [
      new Uint8Array(0),
      Buffer.from("TensorBoard"),
      Uint8Array.from({ length: 256 }, (_, i) => i),
    ];
    expect(text(encodeRecords(parts))).toBe(written.records);
  });

  it("for events, TensorBoard's", () => {
    const event = {
      wallTime: 2.5,
      step: 7,
      summary: { value: [scalarValue("train/loss", 1.25)] },
    };
    expect(text(encodeMessage("Event", event))).toBe(written.scalar);
    const data = {
      sessionStartInfo: { hparams: { prior: { stringValue: "beta" } } },
    };
    expect(text(encodeMessage("HParamsPluginData", data)))
      .toBe(written.hparams);
  });
});

describe("histogramValue()", () => {
  const rows = (values: readonly number[], buckets: number) => {
    const { tensor } = histogramValue("w", Float32Array.from(values), buckets);
    const { tensorContent } = tensor as { readonly tensorContent: Uint8Array };
    const numbers = new Float64Array(tensorContent.buffer);
    return Array.from({ length: buckets }, (_, i) => [
      ...numbers.subarray(3 * i, 3 * i + 3),
    ]);
  };

  it("counts each value once, the largest in the last bucket", () => {
    expect(rows([0, 1, 1.5, 2, 4], 4))
      .toEqual([[0, 1, 1], [1, 2, 2], [2, 3, 1], [3, 4, 1]]);
  });

  it("has a width where all values are equal", () => {
    expect(rows([3, 3], 2)).toEqual([[2.5, 3, 0], [3, 3.5, 2]]);
  });
});
