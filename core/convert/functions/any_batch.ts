/**
 * One graph for batches of any size, from traces of two sizes: what differs
 * between them is the size of the batch.
 *
 * @module
 */

import {
  type Constant,
  type Graph,
  type GraphNode,
  INT32,
  integers,
  type Operation,
  type Placeholder,
  type Reference,
} from "../../engine/compile/graph.ts";
import { TraceError } from "../../engine/compile/trace_error.ts";
import { traceSpec } from "../../engine/program/trace_spec.ts";
import type { NativeBackend } from "../../engine/ops/native_op.ts";
import { tf } from "../../engine/tf.ts";
import type { ModelFunction } from "./model_functions.ts";

/** Two sizes that are no other side of anything, and not 1, which broadcasts. */
const ROWS = [1009, 1013] as const;
export const ANY = -1;

/** Where operations take a list of sizes, or of multiples, of which one may be the batch's. */
const SIZES: Readonly<Record<string, number>> = {
  BroadcastTo: 1,
  Conv2DBackpropInput: 0,
  Reshape: 1,
  // Here -1 is whatever there is.
  Slice: 2,
  Tile: 1,
};

/**
 * The graph of `given`, its batches of size -1. Sizes that operations are given
 * as a list may have one such side; where a size is used in another way, there
 * is no such graph.
 *
 * @throws {TraceError} where the function is another one for another size.
 */
export function anyBatchGraph(given: ModelFunction): Graph {
  const backend = tf.backend() as NativeBackend;
  const [first, second] = ROWS.map((rows) =>
    traceSpec(backend, given.spec(rows))
  ) as [Graph, Graph];
  if (first.nodes.length !== second.nodes.length) return refuse(given);
  const sizes = listsOfSizes(first);
  const used = new Set(
    first.nodes.flatMap((node) => node.kind === "op" ? node.inputs : [])
      .map(({ node }) => node),
  );
  const nodes: GraphNode[] = [];
  const moved: number[] = [];
  const place = ({ node, output }: Reference): Reference => ({
    node: moved[node]!,
    output,
  });
  for (const [index, node] of first.nodes.entries()) {
    const other = second.nodes[index]!;
    const pair = [node, other as typeof node] as const;
    if (node.kind !== other.kind) return refuse(given);
    if (node.kind === "op") {
      if (!isSameOperation(...pair as Pair<Operation>)) return refuse(given);
      nodes.push({ ...node, inputs: node.inputs.map(place) });
    } else if (node.kind === "placeholder") {
      const { shape } = other as Placeholder;
      nodes.push({ ...node, shape: freed(node.shape, shape, given) });
    } else if (
      // The shape of a reshape that was simplified away is nobody's.
      !used.has(index) || haveSameValues(...pair as Pair<Constant>)
    ) {
      nodes.push(node);
    } else if (sizes.has(index)) {
      const [values, others] = [first, second]
        .map((graph) => sizesOf(graph, index));
      const free = freed(values!, others!, given);
      nodes.push({ ...node, values: Int32Array.from(free) });
    } else addRows(nodes, pair as Pair<Constant>, given);
    moved.push(nodes.length - 1);
  }
  const outputs = Object.entries(first.outputs).map(([name, reference]) =>
    [name, place(reference)] as const
  );
  return { nodes, outputs: Object.fromEntries(outputs) };
}

type Pair<T> = readonly [T, T];

function isSameOperation(one: Operation, other: Operation): boolean {
  return one.op === other.op &&
    JSON.stringify([one.attributes, one.inputs]) ===
      JSON.stringify([other.attributes, other.inputs]);
}

/** A constant that has the same row for each image, as zeros beside a batch. */
function addRows(
  nodes: GraphNode[],
  [one, other]: Pair<Constant>,
  given: ModelFunction,
): void {
  const shape = freed(one.shape, other.shape, given);
  if (shape[0] !== ANY) return refuse(given);
  const { binding } = tf.backend() as NativeBackend;
  const width = one.values.length / ROWS[0];
  const row = one.values.slice(0, width);
  const isRow = ({ values }: Constant) =>
    values.every((value, i) => Object.is(value, row[i % width]));
  if (!isRow(one) || !isRow(other)) return refuse(given);
  const type = (name: string, value: number) => ({
    name,
    type: binding.TF_ATTR_TYPE,
    value,
  });
  const multiples = shape.map((size) => size === ANY ? ANY : 1);
  nodes.push(
    { ...one, shape: [1, ...shape.slice(1)], values: row },
    integers(multiples),
    {
      kind: "op",
      op: "Tile",
      attributes: [type("T", one.dtype), type("Tmultiples", INT32)],
      inputs: [nodes.length, nodes.length + 1].map((node) => ({
        node,
        output: 0,
      })),
      outputs: [{ dtype: one.dtype, shape: one.shape }],
    },
  );
}

function listsOfSizes(graph: Graph): ReadonlySet<number> {
  return new Set(
    graph.nodes.flatMap((node) => {
      const place = node.kind === "op" ? SIZES[node.op] : undefined;
      return node.kind === "op" && place !== undefined
        ? [node.inputs[place]!.node]
        : [];
    }),
  );
}

/** The sizes that a constant lists; of a reshape, which may leave one open, those that it came to. */
function sizesOf({ nodes }: Graph, index: number): readonly number[] {
  const reshape = nodes.find((node): node is Operation =>
    node.kind === "op" && node.op === "Reshape" &&
    node.inputs[1]!.node === index
  );
  if (reshape !== undefined) return reshape.outputs[0]!.shape;
  return [...(nodes[index] as Constant).values];
}

function freed(
  sizes: Placeholder["shape"],
  others: Placeholder["shape"],
  given: ModelFunction,
): number[] {
  const free = sizes.map((size, i) => {
    if (size === others[i]) return size;
    return size === ROWS[0] && others[i] === ROWS[1] ? ANY : refuse(given);
  });
  return free.filter((size) => size === ANY).length > 1 ? refuse(given) : free;
}

function haveSameValues(a: Constant, b: Constant): boolean {
  return String(a.shape) === String(b.shape) &&
    a.values.every((value, i) => Object.is(value, b.values[i]));
}

function refuse({ name }: ModelFunction): never {
  throw new TraceError(
    `The ${name} is another computation for another number of images`,
  );
}
