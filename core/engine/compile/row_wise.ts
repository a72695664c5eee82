/**
 * Which operations compute row `i` of their output from row `i` of their
 * inputs.
 *
 * @module
 */

import { BROADCASTING, SAME_SHAPE } from "./elementwise.ts";
import { type Graph, type Operation, specOf } from "./graph.ts";

/** Whether an operation takes the rows of its piece, or the whole input. */
export type InputRole = "rows" | "whole";

/**
 * How `node` can be done piece by piece along its first axis, which has `rows`
 * entries: a role for each input, or null where it cannot, or is not known to.
 */
export function rowWiseInputs(
  graph: Graph,
  node: Operation,
  rows: number,
): InputRole[] | null {
  if (node.outputs.some(({ shape }) => shape[0] !== rows)) return null;
  const shapes = node.inputs.map((input) => specOf(graph, input).shape);
  if (BROADCASTING.has(node.op) || SAME_SHAPE.has(node.op)) {
    return elementwise(shapes, node);
  }
  switch (node.op) {
    case "BiasAdd":
      return ["rows", "whole"];
    case "MatMul":
      return shapes[0]!.length === 2 && !flag(node, "transpose_a")
        ? ["rows", "whole"]
        : null;
    case "BatchMatMulV2":
      return shapes.every(({ length }) => length === 2) && !flag(node, "adj_x")
        ? ["rows", "whole"]
        : null;
    case "Sum":
    case "Mean":
    case "Max":
    case "Min":
    case "Prod":
      return axesWithin(graph, node, 1) ? ["rows", "whole"] : null;
    case "ExpandDims":
      return axesWithin(graph, node, 1) ? ["rows", "whole"] : null;
    case "SplitV":
      return axesWithin(graph, node, 2) ? ["rows", "whole", "whole"] : null;
    case "ConcatV2": {
      const last = node.inputs.length - 1;
      return axesWithin(graph, node, last)
        ? node.inputs.map((_, i) => i === last ? "whole" : "rows")
        : null;
    }
    default:
      return null;
  }
}

function elementwise(
  shapes: readonly (readonly number[])[],
  node: Operation,
): InputRole[] | null {
  const { shape } = node.outputs[0]!;
  const roles = shapes.map((input): InputRole =>
    input.length === shape.length && input[0] === shape[0] ? "rows" : "whole"
  );
  return roles.includes("rows") ? roles : null;
}

/** Whether the axes, input `index`, are constant, and none is the first. */
function axesWithin(graph: Graph, node: Operation, index: number): boolean {
  const axes = graph.nodes[node.inputs[index]!.node]!;
  if (axes.kind !== "const") return false;
  const rank = specOf(graph, node.inputs[0]!).shape.length;
  return [...axes.values as Int32Array].every((axis) =>
    (axis < 0 ? axis + rank : axis) > 0
  );
}

function flag(node: Operation, name: string): boolean {
  return node.attributes.some((attribute) =>
    attribute.name === name && Boolean(attribute.value)
  );
}
