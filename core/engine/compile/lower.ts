/**
 * From a recorded graph to TensorFlow nodes: what is not needed for the outputs
 * is left out, rank-2 batch products become plain ones, and type attributes
 * that eager mode infers are written down.
 *
 * @module
 */

import type { NativeBinding } from "../ops/native_op.ts";
import {
  type Graph,
  type GraphNode,
  type Operation,
  type Reference,
  specOf,
} from "./graph.ts";
import {
  attributeText,
  type NodeDef,
  shapeText,
  tensorText,
  typeText,
} from "./node_def.ts";

/** A graph as TensorFlow nodes. */
export interface Lowered {
  readonly nodes: readonly NodeDef[];
  /** Output name to the TensorFlow output that holds it. */
  readonly outputs: Readonly<Record<string, string>>;
}

/**
 * Writes the nodes of `graph` that its outputs need.
 *
 * @param sources TensorFlow outputs that stand for placeholders, by name; other
 * placeholders are written as such, under their own names.
 */
export function lower(
  binding: NativeBinding,
  graph: Graph,
  sources: Readonly<Record<string, string>>,
): Lowered {
  const needed = neededNodes(graph);
  const nodes: NodeDef[] = [];
  graph.nodes.forEach((node, index) => {
    if (!needed.has(index)) return;
    if (node.kind === "placeholder" && node.name in sources) return;
    nodes.push(nodeDef(binding, graph, index, sources));
  });
  const outputs = Object.entries(graph.outputs).map(([name, reference]) =>
    [name, outputName(graph, reference, sources)] as const
  );
  return { nodes, outputs: Object.fromEntries(outputs) };
}

function neededNodes(graph: Graph): ReadonlySet<number> {
  const needed = new Set<number>();
  const visit = [...Object.values(graph.outputs)].map(({ node }) => node);
  for (let index = visit.pop(); index !== undefined; index = visit.pop()) {
    if (needed.has(index)) continue;
    needed.add(index);
    const node = graph.nodes[index]!;
    if (node.kind === "op") {
      visit.push(...node.inputs.map((input) => input.node));
    }
  }
  return needed;
}

function nodeDef(
  binding: NativeBinding,
  graph: Graph,
  index: number,
  sources: Readonly<Record<string, string>>,
): NodeDef {
  const node = graph.nodes[index]!;
  const name = nodeName(node, index);
  switch (node.kind) {
    case "const":
      return {
        name,
        op: "Const",
        inputs: [],
        attributes: {
          dtype: typeText(node.dtype),
          value: tensorText(node.dtype, node.shape, node.values),
        },
      };
    case "placeholder":
      return {
        name,
        op: "Placeholder",
        inputs: [],
        attributes: {
          dtype: typeText(node.dtype),
          shape: shapeText(node.shape),
        },
      };
    case "op": {
      const inputs = node.inputs.map((input) =>
        outputName(graph, input, sources)
      );
      return { name, inputs, ...operation(binding, graph, node) };
    }
  }
}

function operation(
  binding: NativeBinding,
  graph: Graph,
  node: Operation,
): Pick<NodeDef, "op" | "attributes"> {
  const attributes = Object.fromEntries(
    node.attributes.map((attribute) =>
      [attribute.name, attributeText(binding, attribute)] as const
    ),
  );
  const first = node.inputs[0];
  if (
    first !== undefined && INFERRED_TYPE.has(node.op) && !("T" in attributes)
  ) {
    attributes["T"] = typeText(specOf(graph, first).dtype);
  }
  if (isMatrixProduct(graph, node)) {
    return {
      op: "MatMul",
      attributes: {
        T: attributes["T"]!,
        transpose_a: attributes["adj_x"] ?? "b: false",
        transpose_b: attributes["adj_y"] ?? "b: false",
      },
    };
  }
  return { op: node.op, attributes };
}

/** Operations written down without the type they work on. */
const INFERRED_TYPE: ReadonlySet<string> = new Set([
  "BroadcastTo",
  "ConcatV2",
  "ExpandDims",
  "Identity",
  "SplitV",
]);

function isMatrixProduct(graph: Graph, node: Operation): boolean {
  return node.op === "BatchMatMulV2" &&
    node.inputs.every((input) => specOf(graph, input).shape.length === 2);
}

function outputName(
  graph: Graph,
  { node, output }: Reference,
  sources: Readonly<Record<string, string>>,
): string {
  const target = graph.nodes[node]!;
  if (target.kind === "placeholder" && target.name in sources) {
    return sources[target.name]!;
  }
  const name = nodeName(target, node);
  return output === 0 ? name : `${name}:${output}`;
}

function nodeName(node: GraphNode, index: number): string {
  return node.kind === "placeholder" ? node.name : `n${index}`;
}
