/**
 * Artifact values as files: a JSON tree whose typed arrays lie in a
 * safetensors file beside it.
 *
 * In the JSON, `{"$array": name}` stands for a typed array and
 * `{"$number": "NaN"}` for a number that JSON lacks; a key of the value that
 * starts with `$` gets another `$` in front.
 *
 * @module
 */

import { decodeSafetensors } from "./decode_safetensors.ts";
import { encodeSafetensors, type SafeTensor } from "./safetensors.ts";
import { isTypedArray, type TypedArray } from "./typed_arrays.ts";
import { sizeOfShape } from "../lib/tensor_shape.ts";

/** An encoded value: `value.json` and `arrays.safetensors`. */
interface EncodedValue {
  readonly json: string;
  readonly arrays: Uint8Array<ArrayBuffer>;
}

const FORMAT = 1;
const SPECIAL_NUMBERS: Readonly<Record<string, number>> = {
  "NaN": NaN,
  "Infinity": Infinity,
  "-Infinity": -Infinity,
  "-0": -0,
};

/**
 * Encodes plain data: null, booleans, numbers, strings, lists, plain objects
 * and typed arrays. An array that occurs twice is stored once. Members that
 * are `undefined` are left out, as in JSON.
 *
 * @throws {TypeError} For anything else, naming its place: `training.weights`.
 */
export function encodeValue(value: unknown): EncodedValue {
  const tensors = new Map<string, SafeTensor>();
  const names = new Map<TypedArray, string>();
  const tree = encode(value, [], { tensors, names, ancestors: new Set() });
  return {
    json: JSON.stringify({ format: FORMAT, value: tree }),
    arrays: encodeSafetensors(tensors),
  };
}

/**
 * What {@link encodeValue} was given.
 *
 * @throws {Error} Where the two files are damaged or do not belong together.
 */
export function decodeValue(json: string, arrays: Uint8Array): unknown {
  const parsed = JSON.parse(json) as { format?: unknown; value?: unknown };
  if (parsed?.format !== FORMAT || !Object.hasOwn(parsed, "value")) {
    throw new Error(
      `Cannot decode value: found format ${
        JSON.stringify(parsed?.format)
      }, want ${FORMAT}`,
    );
  }
  return decode(parsed.value, decodeSafetensors(arrays));
}

interface Encoding {
  readonly tensors: Map<string, SafeTensor>;
  readonly names: Map<TypedArray, string>;
  /** The objects around the current one. */
  readonly ancestors: Set<object>;
}

function encode(
  value: unknown,
  path: readonly string[],
  encoding: Encoding,
): unknown {
  if (
    value === null || typeof value === "boolean" || typeof value === "string"
  ) {
    return value;
  }
  if (typeof value === "number") {
    return Number.isFinite(value) && !Object.is(value, -0)
      ? value
      : { $number: Object.is(value, -0) ? "-0" : String(value) };
  }
  if (isTypedArray(value)) {
    return { $array: nameOf(value, [value.length], { path, encoding }) };
  }
  if (typeof value !== "object") reject(path, typeof value);
  if (encoding.ancestors.has(value)) {
    reject(path, "an object that holds itself");
  }
  encoding.ancestors.add(value);
  const encoded = Array.isArray(value)
    // Array.from visits holes too, where map would skip them.
    ? Array.from(
      value,
      (item: unknown, i) => encode(item, [...path, String(i)], encoding),
    )
    : encodeObject(value, path, encoding);
  encoding.ancestors.delete(value);
  return encoded;
}

function encodeObject(
  value: object,
  path: readonly string[],
  encoding: Encoding,
): unknown {
  const prototype = Object.getPrototypeOf(value);
  // Structured clones and vm contexts have an Object.prototype of their own.
  if (prototype !== null && Object.getPrototypeOf(prototype) !== null) {
    reject(path, `an object of class ${value.constructor?.name ?? "unknown"}`);
  }
  nameWeights(value, path, encoding);
  return Object.fromEntries(
    Object.entries(value)
      .filter(([, member]) => member !== undefined)
      .map(([key, member]) => [
        key.startsWith("$") ? `$${key}` : key,
        encode(member, [...path, key], encoding),
      ]),
  );
}

/** Gives the array of a `{ shape, data }` its shape, for readers in other languages. */
function nameWeights(
  value: object,
  path: readonly string[],
  encoding: Encoding,
): void {
  const { shape, data } = value as { shape?: unknown; data?: unknown };
  if (!isTypedArray(data) || !Array.isArray(shape)) return;
  const size = sizeOfShape(shape);
  if (
    size === data.length && shape.every((side) => Number.isSafeInteger(side))
  ) {
    nameOf(data, shape, { path, encoding });
  }
}

function nameOf(
  data: TypedArray,
  shape: readonly number[],
  { path, encoding }: {
    readonly path: readonly string[];
    readonly encoding: Encoding;
  },
): string {
  const known = encoding.names.get(data);
  if (known !== undefined) return known;
  const base = path.join("/") || "value";
  let name = base;
  for (let n = 2; encoding.tensors.has(name) || name === "__metadata__"; n++) {
    name = `${base}#${n}`;
  }
  encoding.names.set(data, name);
  encoding.tensors.set(name, { shape, data });
  return name;
}

function decode(
  tree: unknown,
  tensors: ReadonlyMap<string, SafeTensor>,
): unknown {
  if (typeof tree !== "object" || tree === null) return tree;
  if (Array.isArray(tree)) return tree.map((item) => decode(item, tensors));
  const entries = Object.entries(tree);
  const [first] = entries;
  if (first?.[0] === "$number") return SPECIAL_NUMBERS[String(first[1])];
  if (first?.[0] === "$array") {
    const tensor = tensors.get(String(first[1]));
    if (tensor === undefined) {
      throw new Error(`Cannot decode value: array "${first[1]}" is missing`);
    }
    return tensor.data;
  }
  return Object.fromEntries(
    entries.map(([key, member]) => [
      key.startsWith("$$") ? key.slice(1) : key,
      decode(member, tensors),
    ]),
  );
}

function reject(path: readonly string[], found: string): never {
  throw new TypeError(
    `Cannot store "${path.join(".")}": found ${found}, ` +
      "want plain data (JSON values and typed arrays)",
  );
}
