/**
 * Which operations compute their part for some images from what their inputs
 * have of these images. A tensor has the rows of `units` images where its first
 * axis is a multiple of `units`: those of one image lie together.
 *
 * @module
 */

import { BROADCASTING, SAME_SHAPE } from "./elementwise.ts";
import { type Graph, type Operation, specOf } from "./graph.ts";
import { type InputRole, ROLES } from "./row_roles.ts";
import { sizeOfShape } from "../../lib/tensor_shape.ts";

/**
 * How `node` can be done piece by piece along its first axis: a role for each
 * input, or null where it cannot, or is not known to.
 */
export function rowWiseInputs(
  graph: Graph,
  node: Operation,
  units: number,
): InputRole[] | null {
  if (!node.outputs.every(({ shape }) => hasRows(shape, units))) return null;
  const shapes = node.inputs.map((input) => specOf(graph, input).shape);
  const roles = BROADCASTING.has(node.op)
    ? elementwise(shapes, node)
    : SAME_SHAPE.has(node.op)
    ? sameShape(shapes, node)
    : ROLES[node.op]?.(graph, node, shapes) ?? null;
  return roles?.every((role, i) =>
      role !== "rows" || hasRows(shapes[i]!, units)
    )
    ? roles
    : null;
}

/**
 * How the sum over all rows that `node` is can be taken piece by piece, the
 * pieces' sums then added up: a role for each input, or null.
 */
export function rowSumInputs(
  graph: Graph,
  node: Operation,
  units: number,
): InputRole[] | null {
  const shapes = node.inputs.map((input) => specOf(graph, input).shape);
  // Of matrices, sums in another order would be other bits than they were.
  if (shapes[0]?.length !== 4 || !hasRows(shapes[0], units)) return null;
  switch (node.op) {
    case "Conv2DBackpropFilter":
      return ["rows", "whole", "rows"];
    case "BiasAddGrad":
      return ["rows"];
    case "Sum": {
      const axes = graph.nodes[node.inputs[1]!.node]!;
      return axes.kind === "const" && axes.values.includes(0)
        ? ["rows", "whole"]
        : null;
    }
    default:
      return null;
  }
}

function hasRows(shape: readonly number[], units: number): boolean {
  return sizeOfShape(shape) > 0 && shape.length > 0 && shape[0]! % units === 0;
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

function sameShape(
  shapes: readonly (readonly number[])[],
  node: Operation,
): InputRole[] | null {
  const { shape } = node.outputs[0]!;
  return shapes.every((input) => String(input) === String(shape))
    ? shapes.map(() => "rows")
    : null;
}
