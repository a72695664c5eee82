/** ONNX models as onnxruntime-web computes them in Node. @module */

import { existsSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { expect } from "vitest";

/** What is used of onnxruntime-web. */
interface Runtime {
  readonly env: { readonly wasm: { numThreads: number } };
  readonly InferenceSession: {
    create(model: Uint8Array): Promise<{
      readonly inputNames: readonly string[];
      run(
        feeds: Readonly<Record<string, unknown>>,
      ): Promise<Readonly<Record<string, { readonly data: Float32Array }>>>;
      release(): Promise<void>;
    }>;
  };
  readonly Tensor: new (
    type: "float32",
    data: Float32Array,
    dims: readonly number[],
  ) => unknown;
}

/** Of each output of a model in `place`, how far it is from what is wanted. */
export async function askNode(
  runtime: string,
  place: string,
  half: string,
  rows: number,
): Promise<Record<string, number>> {
  const load = createRequire(join(runtime, "index.js"));
  const ort = load("onnxruntime-web") as Runtime;
  ort.env.wasm.numThreads = 1;
  const bytes = readFileSync(join(place, `${half}.onnx`));
  const session = await ort.InferenceSession.create(new Uint8Array(bytes));
  const feeds = Object.fromEntries(session.inputNames.map((name) => {
    const values = readNpy(join(place, `${half}.${name}.npy`));
    const dims = [rows, values.length / rows];
    return [name, new ort.Tensor("float32", values, dims)];
  }));
  const outputs = await session.run(feeds);
  const apart = Object.entries(outputs).map(([name, { data }]) => {
    const wanted = readNpy(join(place, `${half}.${name}.wanted.npy`));
    expect(data).toHaveLength(wanted.length);
    const all = [...data].map((value, i) =>
      Math.abs(value - wanted[i]!) / Math.max(1, Math.abs(wanted[i]!))
    );
    return [name, all.reduce((a, b) => a > b ? a : b, 0)] as const;
  });
  await session.release();
  return Object.fromEntries(apart);
}

/** Numbers of a file that `encodeNpy` has made. */
function readNpy(file: string): Float32Array {
  expect(existsSync(file)).toBe(true);
  const bytes = readFileSync(file);
  const start = 10 + bytes.readUInt16LE(8);
  return new Float32Array(new Uint8Array(bytes.subarray(start)).buffer);
}
