/**
 * Repeats and sums of whole blocks on wasm, where the package goes entry by
 * entry: rows that are repeated for several draws, and biases' gradients.
 *
 * @module
 */

import type { TensorInfo } from "@tensorflow/tfjs";
import { tf } from "../tf.ts";
import { pointer, type WasmBackend, wasmFunctions } from "./module.ts";
import { type KernelCall, replaceKernel } from "./replace.ts";
import { sizeOfShape } from "../../lib/tensor_shape.ts";

type Values = Float32Array | Int32Array | Uint8Array;

/** Replaces `Tile`, and `Sum` over the first axes of images. */
export function registerArrangements(): void {
  const { kernelFunc: packaged } = tf.getKernel("Sum", "wasm");
  replaceKernel("Tile", tile);
  replaceKernel("Sum", (call) => {
    const { shape, dtype } = call.inputs["x"]!;
    const { axis } = call.attrs as { axis: number | number[] };
    const axes = tf.util.parseAxisParam(axis, shape).sort();
    const leading = axes.every((at, i) => at === i) && axes.length < 4;
    return shape.length === 4 && dtype === "float32" && leading
      ? sumOfRows(call, axes.length)
      : packaged(call) as TensorInfo;
  });
}

function tile({ inputs, attrs, backend }: KernelCall): TensorInfo {
  const { dataId, shape, dtype } = inputs["x"]!;
  const { reps } = attrs as { reps: number[] };
  const wasm = backend as WasmBackend;
  let values = wasm.readSync(dataId) as Values;
  const sizes = [...shape];
  for (let axis = shape.length - 1; axis >= 0; axis--) {
    const block = sizeOfShape(sizes.slice(axis));
    if (block > 0) values = repeat(values, block, reps[axis]!);
    sizes[axis]! *= reps[axis]!;
  }
  return { dataId: wasm.write(values, sizes, dtype), shape: sizes, dtype };
}

/** Each block `times` times in a row. */
function repeat(values: Values, block: number, times: number): Values {
  if (times === 1) return values;
  const repeated = new (values.constructor as Float32ArrayConstructor)(
    values.length * times,
  );
  const whole = block * times;
  for (let from = 0, to = 0; from < values.length; from += block, to += whole) {
    repeated.set(values.subarray(from, from + block), to);
    for (let done = block; done < whole;) {
      const more = Math.min(done, whole - done);
      repeated.copyWithin(to + done, to, to + more);
      done += more;
    }
  }
  return repeated;
}

function sumOfRows(
  { inputs, attrs, backend }: KernelCall,
  axes: number,
): TensorInfo {
  const { shape } = inputs["x"]!;
  const wasm = backend as WasmBackend;
  const rest = shape.slice(axes);
  const { keepDims } = attrs as { keepDims?: boolean };
  const ones = keepDims ? shape.slice(0, axes).map(() => 1) : [];
  const sums = wasm.makeOutput([...ones, ...rest], "float32");
  wasmFunctions(wasm).columnSums(
    pointer(wasm, inputs["x"]!),
    pointer(wasm, sums),
    sizeOfShape(shape.slice(0, axes)),
    sizeOfShape(rest),
  );
  return sums;
}
