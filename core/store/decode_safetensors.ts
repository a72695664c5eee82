/**
 * Reads the safetensors format, and trusts no byte of it.
 *
 * @module
 */

import { plural } from "../lib/count.ts";
import { sizeOfShape } from "../lib/tensor_shape.ts";
import { isShape, type SafeTensor } from "./safetensors.ts";
import { DTYPE_NAMES, DTYPES, type TypedArray } from "./typed_arrays.ts";

/** The limit of the reference implementation. */
const MAX_HEADER_BYTES = 100_000_000;

/**
 * The arrays of a safetensors file; views on `bytes` where alignment allows.
 *
 * @throws {SafetensorsError} Where the bytes are not exactly such a file.
 */
export function decodeSafetensors(bytes: Uint8Array): Map<string, SafeTensor> {
  const { header, start } = readHeader(bytes);
  const size = bytes.length - start;
  const tensors = new Map<string, SafeTensor>();
  const spans: { name: string; begin: number; end: number }[] = [];
  for (const [name, entry] of Object.entries(header)) {
    if (name === "__metadata__") continue;
    const { dtype, shape, begin, end } = readEntry(name, entry, size);
    spans.push({ name, begin, end });
    tensors.set(name, {
      shape,
      data: viewOf(bytes, dtype, start + begin, end - begin),
    });
  }
  spans.sort((a, b) => a.begin - b.begin || a.end - b.end);
  let covered = 0;
  for (const { name, begin, end } of spans) {
    if (begin !== covered) {
      fail(`array "${name}" starts at ${begin}, want ${covered}`);
    }
    covered = end;
  }
  if (covered !== size) {
    fail(`found ${plural(size, "byte")} of arrays, the header says ${covered}`);
  }
  return tensors;
}

/** Bytes that are not a safetensors file. */
export class SafetensorsError extends Error {
  override readonly name = "SafetensorsError";
}

function readHeader(
  bytes: Uint8Array,
): { header: Record<string, unknown>; start: number } {
  if (bytes.length < 8) {
    fail(`found ${plural(bytes.length, "byte")}, want at least 8`);
  }
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  const length = view.getBigUint64(0, true);
  if (length > BigInt(Math.min(MAX_HEADER_BYTES, bytes.length - 8))) {
    fail(
      `the header claims ${
        plural(Number(length), "byte")
      }, the file has ${bytes.length}`,
    );
  }
  const start = 8 + Number(length);
  let header: unknown;
  try {
    const decoder = new TextDecoder("utf-8", { fatal: true });
    header = JSON.parse(decoder.decode(bytes.subarray(8, start)));
  } catch (cause) {
    throw new SafetensorsError(
      "Cannot decode safetensors: the header is not JSON",
      { cause },
    );
  }
  if (!isRecord(header)) fail("the header is not a JSON object");
  return { header, start };
}

function readEntry(name: string, entry: unknown, size: number) {
  const where = `array "${name}"`;
  if (!isRecord(entry)) fail(`${where} has no description`);
  const { dtype, shape, data_offsets: offsets } = entry;
  if (typeof dtype !== "string" || !Object.hasOwn(DTYPES, dtype)) {
    fail(
      `${where} has dtype ${JSON.stringify(dtype)}, want one of ${
        DTYPE_NAMES.join(", ")
      }`,
    );
  }
  if (!isShape(shape)) {
    fail(`${where} has shape ${JSON.stringify(shape)}, want whole numbers`);
  }
  if (!isShape(offsets) || offsets.length !== 2) {
    fail(`${where} has offsets ${JSON.stringify(offsets)}, want [begin, end]`);
  }
  const [begin, end] = offsets as [number, number];
  if (begin > end || end > size) {
    fail(
      `${where} lies at [${begin}, ${end}], outside of ${plural(size, "byte")}`,
    );
  }
  const want = sizeOfShape(shape) * DTYPES[dtype]!.bytes;
  if (end - begin !== want) {
    fail(
      `${where} has ${plural(end - begin, "byte")}, its shape wants ${want}`,
    );
  }
  return { dtype, shape, begin, end };
}

function viewOf(
  bytes: Uint8Array,
  dtype: string,
  start: number,
  length: number,
): TypedArray {
  const { type, bytes: width } = DTYPES[dtype]!;
  const offset = bytes.byteOffset + start;
  if (bytes.buffer instanceof ArrayBuffer && offset % width === 0) {
    return new type(bytes.buffer, offset, length / width);
  }
  // Not bytes.slice: a Buffer's gives a view, with the whole pool behind it.
  const copy = new Uint8Array(length);
  copy.set(bytes.subarray(start, start + length));
  return new type(copy.buffer, 0, length / width);
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function fail(problem: string): never {
  throw new SafetensorsError(`Cannot decode safetensors: ${problem}`);
}
