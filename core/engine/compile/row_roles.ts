/**
 * What each operation takes of its inputs for a piece of its output along the
 * first axis.
 *
 * @module
 */

import { DRAWS } from "./counter.ts";
import { type Graph, type Operation, specOf } from "./graph.ts";
import { sizeOfShape } from "../../lib/tensor_shape.ts";

/**
 * What an operation takes of an input for its piece: the rows, the whole, of one
 * that says the shape of the output, the shape of the piece, or of the counter of
 * a random stream, its number where the piece begins.
 */
export type InputRole = "rows" | "whole" | "shape" | "counter";

/** The roles of an operation's inputs, or null where it mixes rows. */
type Rule = (
  graph: Graph,
  node: Operation,
  shapes: readonly (readonly number[])[],
) => InputRole[] | null;

const always = (...roles: readonly InputRole[]): Rule => () => [...roles];

/** Input `index` holds axes, none of which may be the first; the others have rows. */
const withoutFirst = (index: number): Rule => (graph, node) =>
  axesWithin(graph, node, index)
    ? node.inputs.map((_, i) => i < index ? "rows" : "whole")
    : null;

/** Input 1 is a list, which has to begin with these numbers. */
const beginningWith =
  (start: readonly number[], ...roles: readonly InputRole[]): Rule =>
  (graph, node) => {
    const list = graph.nodes[node.inputs[1]!.node]!;
    return list.kind === "const" && start.every((n, i) => list.values[i] === n)
      ? [...roles]
      : null;
  };

/** Draws of a stream; a piece begins with a number of the counter of its own. */
const drawn: Rule = (_, node) =>
  sizeOfShape(node.outputs[0]!.shape.slice(1)) % DRAWS === 0
    ? ["shape", "whole", "counter", "whole"]
    : null;

/** The rules by operation; those of one value an entry are elsewhere. */
export const ROLES: Readonly<Record<string, Rule>> = {
  BiasAdd: always("rows", "whole"),
  MatMul: (_, node, shapes) =>
    shapes[0]!.length === 2 && !attribute(node, "transpose_a")
      ? ["rows", "whole"]
      : null,
  BatchMatMulV2: (_, node, shapes) =>
    shapes.every(({ length }) => length === 2) && !attribute(node, "adj_x")
      ? ["rows", "whole"]
      : null,

  Conv2D: always("rows", "whole"),
  Conv2DBackpropInput: always("shape", "whole", "rows"),
  AvgPool: always("rows"),
  AvgPoolGrad: always("shape", "rows"),
  MaxPool: always("rows"),
  MaxPoolGrad: always("rows", "rows", "rows"),
  ResizeNearestNeighbor: always("rows", "whole"),
  ResizeNearestNeighborGrad: always("rows", "whole"),
  ResizeBilinear: always("rows", "whole"),
  ResizeBilinearGrad: always("rows", "rows"),
  DepthToSpace: always("rows"),
  SpaceToDepth: always("rows"),

  Sum: withoutFirst(1),
  Mean: withoutFirst(1),
  Max: withoutFirst(1),
  Min: withoutFirst(1),
  Prod: withoutFirst(1),
  ExpandDims: withoutFirst(1),
  ReverseV2: withoutFirst(1),
  Cumsum: withoutFirst(1),
  SplitV: (graph, node) =>
    axesWithin(graph, node, 2) ? ["rows", "whole", "whole"] : null,
  Pack: (_, node) =>
    attribute(node, "axis") ? node.inputs.map(() => "rows") : null,
  Unpack: (_, node) => attribute(node, "axis") ? ["rows"] : null,
  ConcatV2: (graph, node, shapes) =>
    withoutFirst(node.inputs.length - 1)(graph, node, shapes),
  Softmax: (_, __, shapes) => shapes[0]!.length > 1 ? ["rows"] : null,
  LogSoftmax: (_, __, shapes) => shapes[0]!.length > 1 ? ["rows"] : null,

  // Rows that follow each other in memory, whatever their shape.
  Reshape: always("rows", "shape"),
  BroadcastTo: (_, node, shapes) => {
    const { shape } = node.outputs[0]!;
    const rows = shapes[0]!.length === shape.length &&
      shapes[0]![0] === shape[0];
    return [rows ? "rows" : "whole", "shape"];
  },
  Tile: beginningWith([1], "rows", "whole"),
  PadV2: beginningWith([0, 0], "rows", "whole", "whole"),
  MirrorPad: beginningWith([0, 0], "rows", "whole"),
  Transpose: beginningWith([0], "rows", "whole"),
  Slice: (graph, node, shapes) =>
    shapes[0]![0] === node.outputs[0]!.shape[0]
      ? beginningWith([0], "rows", "whole", "shape")(graph, node, shapes)
      : null,
  StatelessRandomUniformV2: drawn,
  StatelessRandomNormalV2: drawn,

  // Other rows for each: of what they are taken from, all.
  GatherV2: (graph, node, shapes) => {
    const axis = graph.nodes[node.inputs[2]!.node]!;
    return axis.kind === "const" && axis.values[0] === 0 &&
        shapes[1]![0] === node.outputs[0]!.shape[0]
      ? ["whole", "rows", "whole"]
      : null;
  },
};

/** Whether the axes, input `index`, are constant, and none is the first. */
function axesWithin(graph: Graph, node: Operation, index: number): boolean {
  const axes = graph.nodes[node.inputs[index]!.node]!;
  if (axes.kind !== "const") return false;
  const rank = specOf(graph, node.inputs[0]!).shape.length;
  return [...axes.values as Int32Array].every((axis) =>
    (axis < 0 ? axis + rank : axis) > 0
  );
}

/** Whether a number or flag among the attributes is there and not 0. */
function attribute(node: Operation, wanted: string): boolean {
  return node.attributes.some(({ name, value }) =>
    name === wanted && Boolean(value)
  );
}
