/**
 * Keeps JavaScript's memory out of TensorFlow's hands.
 *
 * The addon's `createTensor` lends TensorFlow the array's own memory and holds
 * the array by a Node-API reference until TensorFlow lets go of it. For a
 * variable that is at the first step of Adam, on a thread of TensorFlow's, where
 * no reference may be deleted. What is not aligned for vectors `TF_NewTensor`
 * copies instead, and gives back before it returns: so every array is handed
 * over from a place that never is.
 *
 * @module
 */

import type { NativeBinding } from "./ops/native_op.ts";

/** Array buffers start at a multiple of 8 at least: nothing this far into one is aligned. */
const OFF_ALIGNMENT = 4;
/** Arrays up to this, a batch and most weights, take turns in one place; larger ones get their own. */
const SHARED_BYTES = 1 << 20;

/** The addon, with a `createTensor` after which nobody holds the array or its memory. */
export function withCopiedArrays(addon: NativeBinding): NativeBinding {
  const shared = new ArrayBuffer(SHARED_BYTES);
  const placeFor = (bytes: number) =>
    bytes <= SHARED_BYTES ? shared : new ArrayBuffer(bytes);
  const createTensor: NativeBinding["createTensor"] = (shape, dtype, values) =>
    addon.createTensor(shape, dtype, copyOff(values, placeFor));
  return Object.create(addon, { createTensor: { value: createTensor } });
}

/** A copy off alignment; what holds no numbers that the addon takes stays as it is. */
function copyOff(
  values: ArrayBufferView,
  placeFor: (bytes: number) => ArrayBuffer,
): ArrayBufferView {
  const Kind = TAKEN[Object.prototype.toString.call(values)];
  if (Kind === undefined) return values;
  const { byteLength, length } = values as Float32Array;
  const place = placeFor(OFF_ALIGNMENT + byteLength);
  const copy = new Kind(place, OFF_ALIGNMENT, length);
  copy.set(values as Float32Array);
  return copy;
}

/** Arrays that the addon takes, by the names they have in every realm. */
const TAKEN: Readonly<
  Record<
    string,
    | Float32ArrayConstructor
    | Int32ArrayConstructor
    | Uint8ArrayConstructor
    | undefined
  >
> = {
  "[object Float32Array]": Float32Array,
  "[object Int32Array]": Int32Array,
  "[object Uint8Array]": Uint8Array,
};
