/**
 * TensorFlow's NodeDef as data, and a SavedModel of them in protobuf's text
 * format: the one way into a TensorFlow session that tfjs-node's addon has.
 *
 * @module
 */

import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { BindingAttribute, NativeBinding } from "../ops/native_op.ts";
import { TraceError } from "./trace_error.ts";

/** An attribute's value, in text format. */
export type AttributeText = string;

/** One operation of a graph; an input is `name`, `name:1`, or `^name` for order only. */
export interface NodeDef {
  readonly name: string;
  readonly op: string;
  readonly inputs: readonly string[];
  readonly attributes: Readonly<Record<string, AttributeText>>;
}

/** A tensor type, by TensorFlow's number. */
export function typeText(dtype: number): AttributeText {
  return `type: ${dtype}`;
}

/** A shape. */
export function shapeText(shape: readonly number[]): AttributeText {
  return `shape { ${shape.map((size) => `dim { size: ${size} }`).join(" ")} }`;
}

/** A flag. */
export function boolText(value: boolean): AttributeText {
  return `b: ${value}`;
}

/** A byte string. */
export function stringText(value: string): AttributeText {
  return `s: ${JSON.stringify(value)}`;
}

/** A constant tensor. */
export function tensorText(
  dtype: number,
  shape: readonly number[],
  values: ArrayBufferView,
): AttributeText {
  const bytes = new Uint8Array(
    values.buffer,
    values.byteOffset,
    values.byteLength,
  );
  return `tensor { dtype: ${dtype} tensor_${
    shapeText(shape)
  } tensor_content: "${escapeBytes(bytes)}" }`;
}

/** An attribute as tfjs-node's kernels give it to the addon. */
export function attributeText(
  binding: NativeBinding,
  attribute: BindingAttribute,
): AttributeText {
  const { type, value } = attribute;
  const list = (field: string, values: readonly unknown[]) =>
    `list { ${values.map((item) => `${field}: ${item}`).join(" ")} }`;
  switch (type) {
    case binding.TF_ATTR_TYPE:
      return typeText(value as number);
    case binding.TF_ATTR_BOOL:
      return Array.isArray(value) ? list("b", value) : boolText(Boolean(value));
    case binding.TF_ATTR_INT:
      return Array.isArray(value) ? list("i", value) : `i: ${value}`;
    case binding.TF_ATTR_FLOAT:
      return Array.isArray(value) ? list("f", value) : `f: ${value}`;
    case binding.TF_ATTR_STRING:
      return stringText(String(value));
    case binding.TF_ATTR_SHAPE:
      return shapeText(value as number[]);
    default:
      throw new Error(
        `Cannot write attribute "${attribute.name}": TensorFlow's attribute kind ${type} is unknown here`,
      );
  }
}

/**
 * Loads the nodes as a session and returns the addon's number for it.
 *
 * @throws {TraceError} when TensorFlow refuses the graph.
 */
export function loadGraph(
  binding: NativeBinding,
  nodes: readonly NodeDef[],
): number {
  const directory = mkdtempSync(join(tmpdir(), "vae-priors-graph-"));
  try {
    writeFileSync(join(directory, "saved_model.pbtxt"), savedModelText(nodes));
    return binding.loadSavedModel(directory, "serve");
  } catch (error) {
    throw new TraceError(
      `Cannot load the compiled graph: ${explain(error, nodes)}`,
      { cause: error },
    );
  } finally {
    rmSync(directory, { recursive: true, force: true });
  }
}

/** TensorFlow names nodes; a person wants to know the operation. */
function explain(error: unknown, nodes: readonly NodeDef[]): string {
  const message = error instanceof Error ? error.message : String(error);
  const named = nodes.find(({ name }) => message.includes(`{{node ${name}}}`));
  return named === undefined
    ? message
    : `${named.op} (${named.name}): ${message}`;
}

function savedModelText(nodes: readonly NodeDef[]): string {
  return `saved_model_schema_version: 1
meta_graphs {
  meta_info_def { tags: "serve" }
  graph_def {
${nodes.map(nodeText).join("\n")}
    versions { producer: 1286 min_consumer: 12 }
  }
}
`;
}

function nodeText(node: NodeDef): string {
  const inputs = node.inputs.map((input) => ` input: "${input}"`).join("");
  const attributes = Object.entries(node.attributes).map(([key, value]) =>
    ` attr { key: "${key}" value { ${value} } }`
  ).join("");
  return `    node { name: "${node.name}" op: "${node.op}"${inputs}${attributes} }`;
}

const ESCAPES = Array.from(
  { length: 256 },
  (_, byte) => "\\" + byte.toString(8).padStart(3, "0"),
);

function escapeBytes(bytes: Uint8Array): string {
  const parts = new Array<string>(bytes.length);
  for (let i = 0; i < bytes.length; i++) parts[i] = ESCAPES[bytes[i]!]!;
  return parts.join("");
}
