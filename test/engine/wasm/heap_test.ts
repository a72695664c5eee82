import type { TensorInfo } from "@tensorflow/tfjs";
import { beforeAll, expect, it } from "vitest";
import { startEngine } from "../../../core/engine/start.ts";
import { tf } from "../../../core/engine/tf.ts";
import { guardHeap } from "../../../core/engine/wasm/heap.ts";
import type { WasmBackend } from "../../../core/engine/wasm/module.ts";

const GIB_OF_FLOATS = 2 ** 28;

beforeAll(() => startEngine("wasm", { threads: 1 }));

it("refuses tensors that it has no room for, and goes on with others", () => {
  const backend = tf.backend() as WasmBackend;
  const made: TensorInfo[] = [];
  /** Nothing is written there, so that no memory of the machine is taken. */
  const make = (gibs: number) => {
    made.push(backend.makeOutput([gibs * GIB_OF_FLOATS], "float32"));
  };
  const refusal = (mibs: string) =>
    expect.objectContaining({
      name: "UserError",
      message:
        `Cannot compute on the wasm engine: found no room for ${mibs} MiB more in its memory, which ends at 4 GiB`,
      hint: expect.stringContaining("Use the native engine"),
    });
  // Of which 32 bits leave nothing, and a quarter.
  expect(() => make(4)).toThrow(refusal("4,096"));
  expect(() => make(4.25)).toThrow(refusal("4,352"));
  try {
    expect(() => {
      for (let i = 0; i < 4; i++) make(1);
    }).toThrow(refusal("1,024"));
    expect(made.length).toBeGreaterThan(0);
    expect([...tf.add([1, 2], [3, 4]).dataSync()]).toEqual([4, 6]);
  } finally {
    for (const { dataId } of made) backend.disposeData(dataId);
  }
});

it("gives nothing more once the package would give what others have", () => {
  const places = [64, 900, 128];
  const wasm = {
    HEAPU8: new Uint8Array(1024),
    _malloc: () => places.shift()!,
    _free: () => {},
  };
  guardHeap({ wasm } as unknown as WasmBackend);
  const allocate = (bytes: number) => (wasm._malloc as Allocate)(bytes);
  expect(allocate(100)).toBe(64);
  expect(() => allocate(200)).toThrow("found no room for 1 MiB more");
  expect(() => allocate(8)).toThrow("found no room for 1 MiB more");
  expect(places).toEqual([128]);
});

type Allocate = (bytes: number) => number;
