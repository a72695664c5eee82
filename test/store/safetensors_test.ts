import { describe, expect, it } from "vitest";
import {
  decodeSafetensors,
  SafetensorsError,
} from "../../core/store/decode_safetensors.ts";
import {
  encodeSafetensors,
  type SafeTensor,
} from "../../core/store/safetensors.ts";

/** A file with this header, and zeros for arrays. */
function file(header: unknown, size: number): Uint8Array {
  const text = new TextEncoder().encode(
    typeof header === "string" ? header : JSON.stringify(header),
  );
  const bytes = new Uint8Array(8 + text.length + size);
  new DataView(bytes.buffer).setBigUint64(0, BigInt(text.length), true);
  bytes.set(text, 8);
  return bytes;
}

const entry = (rest: object) => ({
  dtype: "F32",
  shape: [2],
  data_offsets: [0, 8],
  ...rest,
});

describe("encodeSafetensors()", () => {
  it("writes the bytes of the format", () => {
    const bytes = encodeSafetensors(
      new Map([["a", { shape: [1, 2], data: Uint8Array.of(7, 9) }]]),
    );
    const header = '{"a":{"dtype":"U8","shape":[1,2],"data_offsets":[0,2]}}';
    const padded = header.padEnd(Math.ceil(header.length / 8) * 8);
    expect([...bytes]).toEqual([
      padded.length,
      0,
      0,
      0,
      0,
      0,
      0,
      0,
      ...new TextEncoder().encode(padded),
      7,
      9,
    ]);
  });

  it("round-trips every dtype, from any offset in memory", () => {
    const tensors = new Map<string, SafeTensor>(Object.entries({
      u8: { shape: [3], data: Uint8Array.of(0, 1, 255) },
      f64: { shape: [2], data: Float64Array.of(Number.MIN_VALUE, -Infinity) },
      f32: {
        shape: [2, 2],
        data: Float32Array.of(9, 1, 2, NaN, 3).subarray(1),
      },
      i64: { shape: [1], data: BigInt64Array.of(-(2n ** 63n)) },
      u64: { shape: [1], data: BigUint64Array.of(2n ** 64n - 1n) },
      i32: { shape: [], data: Int32Array.of(-5) },
      u32: { shape: [1], data: Uint32Array.of(2 ** 32 - 1) },
      i16: { shape: [1], data: Int16Array.of(-3) },
      u16: { shape: [1], data: Uint16Array.of(65535) },
      i8: { shape: [0, 4], data: new Int8Array() },
    }));
    const bytes = encodeSafetensors(tensors);
    const shifted = new Uint8Array(bytes.length + 1);
    shifted.set(bytes, 1);
    for (const source of [bytes, shifted.subarray(1)]) {
      const decoded = decodeSafetensors(source);
      for (const [name, tensor] of tensors) {
        expect(decoded.get(name), name).toEqual(tensor);
      }
      expect(decoded.size).toBe(tensors.size);
    }
  });

  it("refuses a shape that does not fit", () => {
    expect(() =>
      encodeSafetensors(
        new Map([["a", { shape: [3], data: Uint8Array.of(1) }]]),
      )
    )
      .toThrow('Cannot encode array "a": shape [3] does not fit 1 value');
  });
});

describe("decodeSafetensors()", () => {
  it("reads arrays from a Buffer at any place in memory", () => {
    const data = Float32Array.of(1.5, -2, 3e9);
    const bytes = encodeSafetensors(new Map([["a", { shape: [3], data }]]));
    for (let shift = 0; shift < 8; shift++) {
      const pool = Buffer.alloc(bytes.length + 16, 255);
      pool.set(bytes, shift);
      const found = decodeSafetensors(
        pool.subarray(shift, shift + bytes.length),
      );
      expect(found.get("a")!.data).toEqual(data);
    }
  });

  it("ignores metadata", () => {
    const bytes = file({ __metadata__: { by: "someone" }, a: entry({}) }, 8);
    expect([...decodeSafetensors(bytes).keys()]).toEqual(["a"]);
  });

  it.each([
    ["nothing", new Uint8Array(3), "found 3 bytes, want at least 8"],
    [
      "a cut header",
      file({ a: entry({}) }, 0).subarray(0, 20),
      "the header claims",
    ],
    ["no JSON", file("{a}", 0), "the header is not JSON"],
    ["a list", file([], 0), "the header is not a JSON object"],
    [
      "an unknown dtype",
      file({ a: entry({ dtype: "F8" }) }, 8),
      'array "a" has dtype "F8"',
    ],
    [
      "a bad shape",
      file({ a: entry({ shape: [1.5] }) }, 8),
      'array "a" has shape [1.5]',
    ],
    [
      "bad offsets",
      file({ a: entry({ data_offsets: [0] }) }, 8),
      "want [begin, end]",
    ],
    ["too few bytes", file({ a: entry({}) }, 7), "outside of 7 bytes"],
    [
      "too many bytes",
      file({ a: entry({}) }, 9),
      "found 9 bytes of arrays, the header says 8",
    ],
    [
      "a wrong length",
      file({ a: entry({ shape: [3] }) }, 8),
      "has 8 bytes, its shape wants 12",
    ],
    [
      "a gap",
      file({ a: entry({ data_offsets: [4, 12] }) }, 12),
      "starts at 4, want 0",
    ],
    [
      "an overlap",
      file({ a: entry({}), b: entry({}) }, 8),
      'array "b" starts at 0, want 8',
    ],
  ])("refuses %s", (_, bytes, message) => {
    expect(() => decodeSafetensors(bytes)).toThrow(SafetensorsError);
    expect(() => decodeSafetensors(bytes)).toThrow(message);
  });
});
