import { describe, expect, it } from "vitest";
import { decodeValue, encodeValue } from "../../core/store/codec.ts";
import { decodeSafetensors } from "../../core/store/decode_safetensors.ts";

function roundTrip(value: unknown): unknown {
  const { json, arrays } = encodeValue(value);
  return decodeValue(json, arrays);
}

describe("encodeValue()", () => {
  it.each([
    ["scalars", [null, true, "text", 1.5, -1e-300, ""]],
    ["numbers that JSON lacks", { a: NaN, b: [Infinity, -Infinity, -0] }],
    ["keys with a dollar", {
      $array: "x",
      $number: "NaN",
      $$: { $a: 1 },
      "": 2,
    }],
    ["a key named __proto__", JSON.parse('{ "__proto__": { "a": 1 } }')],
    ["an array alone", Float32Array.of(1, NaN, -0)],
    ["clashing names", { "a/b": Int32Array.of(1), a: { b: Int32Array.of(2) } }],
    ["the metadata's name", { __metadata__: Uint8Array.of(1) }],
    ["empty things", { a: [], b: {}, c: new Float64Array() }],
  ])("round-trips %s", (_, value) => {
    expect(roundTrip(value)).toStrictEqual(value);
  });

  it("names weights by their path and gives them their shape", () => {
    const weights = {
      "encoder/0/kernel": { shape: [2, 3], data: new Float32Array(6) },
    };
    const { arrays } = encodeValue({ training: { weights } });
    const [[name, tensor] = ["", null]] = decodeSafetensors(arrays);
    expect([name, tensor?.shape]).toEqual([
      "training/weights/encoder/0/kernel",
      [2, 3],
    ]);
    expect(roundTrip({ weights })).toStrictEqual({ weights });
  });

  it("keeps an array once that occurs twice", () => {
    const data = Float32Array.of(1, 2);
    const { json, arrays } = encodeValue({ last: data, best: data });
    expect(decodeSafetensors(arrays).size).toBe(1);
    const { last, best } = decodeValue(json, arrays) as Record<string, unknown>;
    expect(last).toBe(best);
    expect(last).toEqual(data);
  });

  it("leaves out members that are undefined", () => {
    expect(roundTrip({ a: 1, b: undefined })).toStrictEqual({ a: 1 });
  });

  it.each([
    ["a function", { a: { b: () => 1 } }, 'Cannot store "a.b": found function'],
    [
      "undefined in a list",
      { a: [1, undefined] },
      'Cannot store "a.1": found undefined',
    ],
    ["a hole", { a: new Array(1) }, 'Cannot store "a.0": found undefined'],
    ["a bigint", { a: 1n }, 'Cannot store "a": found bigint'],
    [
      "a map",
      { a: new Map() },
      'Cannot store "a": found an object of class Map',
    ],
    [
      "clamped bytes",
      { a: new Uint8ClampedArray(1) },
      "found an object of class Uint8ClampedArray",
    ],
  ])("refuses %s, naming its place", (_, value, message) => {
    expect(() => encodeValue(value)).toThrow(message);
  });

  it("refuses a value that holds itself", () => {
    const value: Record<string, unknown> = {};
    value.self = { value };
    expect(() => encodeValue(value))
      .toThrow('Cannot store "self.value": found an object that holds itself');
  });
});

describe("decodeValue()", () => {
  it("refuses files that do not belong together", () => {
    const { json } = encodeValue({ a: Float32Array.of(1) });
    const { arrays } = encodeValue({ b: Float32Array.of(1) });
    expect(() => decodeValue(json, arrays)).toThrow('array "a" is missing');
    expect(() => decodeValue('{"format":2,"value":1}', arrays))
      .toThrow("found format 2, want 1");
  });
});
