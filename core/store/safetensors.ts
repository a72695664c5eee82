/**
 * The safetensors format: named typed arrays in one file, readable by NumPy,
 * PyTorch and JAX. A file is the header's length (8 bytes, little endian), the
 * header (JSON) and the arrays' bytes. Arrays are written as they lie in
 * memory: every platform that TensorFlow.js runs on is little endian. How they
 * are written; decode_safetensors.ts reads them.
 *
 * @module
 */

import { plural } from "../lib/count.ts";
import { sizeOfShape } from "../lib/tensor_shape.ts";
import { DTYPE_NAMES, dtypeOf, type TypedArray } from "./typed_arrays.ts";

/** One array with its shape; the shape's product is the array's length. */
export interface SafeTensor {
  readonly shape: readonly number[];
  readonly data: TypedArray;
}

/**
 * The bytes of a safetensors file.
 *
 * @throws {RangeError} Where a shape does not fit its array.
 */
export function encodeSafetensors(
  tensors: ReadonlyMap<string, SafeTensor>,
): Uint8Array<ArrayBuffer> {
  const entries = [...tensors].map(([name, { shape, data }]) => {
    const dtype = dtypeOf(data);
    if (dtype === undefined) {
      throw new TypeError(
        `Cannot encode array "${name}": found ${typeof data}, want a typed array`,
      );
    }
    if (!isShape(shape) || sizeOfShape(shape) !== data.length) {
      throw new RangeError(
        `Cannot encode array "${name}": shape [${shape}] does not fit ${
          plural(data.length, "value")
        }`,
      );
    }
    return { name, dtype, shape, data };
  });
  // Wide elements first, so that every array starts at a multiple of its width.
  entries.sort((a, b) =>
    DTYPE_NAMES.indexOf(a.dtype) - DTYPE_NAMES.indexOf(b.dtype) ||
    (a.name < b.name ? -1 : 1)
  );
  const header = new Map<string, unknown>();
  let end = 0;
  for (const { name, dtype, shape, data } of entries) {
    const begin = end;
    end += data.byteLength;
    header.set(name, { dtype, shape, data_offsets: [begin, end] });
  }
  const text = new TextEncoder().encode(
    JSON.stringify(Object.fromEntries(header)),
  );
  const padded = Math.ceil(text.length / 8) * 8;
  const bytes = new Uint8Array(8 + padded + end);
  new DataView(bytes.buffer).setBigUint64(0, BigInt(padded), true);
  bytes.fill(0x20, 8, 8 + padded);
  bytes.set(text, 8);
  let offset = 8 + padded;
  for (const { data } of entries) {
    bytes.set(
      new Uint8Array(data.buffer, data.byteOffset, data.byteLength),
      offset,
    );
    offset += data.byteLength;
  }
  return bytes;
}

/** Whether `value` is sizes of axes. */
export function isShape(value: unknown): value is readonly number[] {
  return Array.isArray(value) &&
    value.every((size) => Number.isSafeInteger(size) && size >= 0);
}
