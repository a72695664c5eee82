/**
 * The typed arrays that a safetensors file holds, by the format's names.
 *
 * @module
 */

/** The kinds of typed array that safetensors can hold. */
export type TypedArray =
  | Float32Array<ArrayBufferLike>
  | Float64Array<ArrayBufferLike>
  | Int8Array<ArrayBufferLike>
  | Int16Array<ArrayBufferLike>
  | Int32Array<ArrayBufferLike>
  | BigInt64Array<ArrayBufferLike>
  | Uint8Array<ArrayBufferLike>
  | Uint16Array<ArrayBufferLike>
  | Uint32Array<ArrayBufferLike>
  | BigUint64Array<ArrayBufferLike>;

type Constructor = new (
  buffer: ArrayBuffer,
  byteOffset: number,
  length: number,
) => TypedArray;

/** By the name of the type of their elements. */
export const DTYPES: Readonly<
  Record<string, { readonly type: Constructor; readonly bytes: number }>
> = {
  F64: { type: Float64Array, bytes: 8 },
  I64: { type: BigInt64Array, bytes: 8 },
  U64: { type: BigUint64Array, bytes: 8 },
  F32: { type: Float32Array, bytes: 4 },
  I32: { type: Int32Array, bytes: 4 },
  U32: { type: Uint32Array, bytes: 4 },
  I16: { type: Int16Array, bytes: 2 },
  U16: { type: Uint16Array, bytes: 2 },
  I8: { type: Int8Array, bytes: 1 },
  U8: { type: Uint8Array, bytes: 1 },
};
/** Wide elements first. */
export const DTYPE_NAMES = Object.keys(DTYPES);

/** Whether `value` is a typed array that safetensors can hold. */
export function isTypedArray(value: unknown): value is TypedArray {
  return dtypeOf(value) !== undefined;
}

/** The name of the type of its elements; undefined where it is no such array. */
export function dtypeOf(value: unknown): string | undefined {
  // By tag, not instanceof: an array may come from another realm.
  const tag = ArrayBuffer.isView(value)
    ? Object.prototype.toString.call(value).slice(8, -1)
    : undefined;
  return DTYPE_NAMES.find((name) => DTYPES[name]!.type.name === tag);
}
