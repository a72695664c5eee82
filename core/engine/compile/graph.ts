/**
 * A recorded computation: TensorFlow operations as plain data.
 *
 * @module
 */

import type { BindingAttribute } from "../ops/native_op.ts";

/** TensorFlow's number of the type of shapes and axes. */
export const INT32 = 3;

/** Output `output` of node `node`. */
export interface Reference {
  readonly node: number;
  readonly output: number;
}

/** A constant of the trace, or of the optimiser. */
export interface Constant {
  readonly kind: "const";
  readonly dtype: number;
  readonly shape: readonly number[];
  readonly values: Float32Array | Int32Array | Uint8Array;
  /**
   * Where it was made, for the message when it turns out not to be constant:
   * found when it is asked for, which takes longer than the rest of the node.
   */
  readonly origin: () => string;
}

/** A value fed at every run. */
export interface Placeholder {
  readonly kind: "placeholder";
  readonly name: string;
  readonly dtype: number;
  readonly shape: readonly number[];
}

/** An operation on earlier nodes. */
export interface Operation {
  readonly kind: "op";
  readonly op: string;
  readonly attributes: readonly BindingAttribute[];
  readonly inputs: readonly Reference[];
  /** Type and shape of each output, as they were in the trace. */
  readonly outputs: readonly TensorSpec[];
}

/** Type (TensorFlow's number) and shape of a tensor. */
export interface TensorSpec {
  readonly dtype: number;
  readonly shape: readonly number[];
}

/** One node of a graph; its index is its name. */
export type GraphNode = Constant | Placeholder | Operation;

/** A recorded computation: every input of a node comes before it. */
export interface Graph {
  readonly nodes: readonly GraphNode[];
  readonly outputs: Readonly<Record<string, Reference>>;
}

/** Type and shape behind a reference. */
export function specOf(graph: Graph, reference: Reference): TensorSpec {
  const node = graph.nodes[reference.node]!;
  return node.kind === "op" ? node.outputs[reference.output]! : node;
}

/** A reference as the key of a map. */
export function keyOf({ node, output }: Reference): string {
  return `${node}:${output}`;
}

/** A constant list of sizes, or one axis. */
export function integers(value: number | readonly number[]): Constant {
  const list = typeof value === "number" ? [value] : value;
  return {
    kind: "const",
    dtype: INT32,
    shape: typeof value === "number" ? [] : [list.length],
    values: Int32Array.from(list),
    origin: () => "the compiler",
  };
}
