import { describe, expect, it } from "vitest";
import type {
  Graph,
  GraphNode,
  Operation,
} from "../../../core/engine/compile/graph.ts";
import { integers } from "../../../core/engine/compile/graph.ts";
import {
  rowSumInputs,
  rowWiseInputs,
} from "../../../core/engine/compile/row_wise.ts";

const FLOAT = 1;
const BOOL_ATTRIBUTE = 4;

function input(...shape: number[]): GraphNode {
  return { kind: "placeholder", name: "x", dtype: FLOAT, shape };
}

/** Roles of the inputs of an operation on all of `inputs`. */
function roles(
  op: string,
  inputs: readonly GraphNode[],
  shape: readonly number[],
  { flag, of = rowWiseInputs }: {
    readonly flag?: string;
    readonly of?: typeof rowWiseInputs;
  } = {},
) {
  const node: Operation = {
    kind: "op",
    op,
    attributes: flag === undefined
      ? []
      : [{ name: flag, type: BOOL_ATTRIBUTE, value: true }],
    inputs: inputs.map((_, node) => ({ node, output: 0 })),
    outputs: [{ dtype: FLOAT, shape }],
  };
  const graph: Graph = { nodes: [...inputs, node], outputs: {} };
  return of(graph, node, 8);
}

describe("rowWiseInputs()", () => {
  it("takes rows of what has them, and the whole of what broadcasts", () => {
    expect(roles("Add", [input(8, 3), input(8, 3)], [8, 3]))
      .toEqual(["rows", "rows"]);
    expect(roles("Mul", [input(8, 3), input(8, 1)], [8, 3]))
      .toEqual(["rows", "rows"]);
    expect(roles("Mul", [input(8, 3), input(1, 3)], [8, 3]))
      .toEqual(["rows", "whole"]);
    // A vector of 8 beside [8, 8] lies along the columns.
    expect(roles("Sub", [input(8, 8), input(8)], [8, 8]))
      .toEqual(["rows", "whole"]);
  });

  it("splits a product by the rows of its first factor", () => {
    expect(roles("MatMul", [input(8, 3), input(3, 5)], [8, 5]))
      .toEqual(["rows", "whole"]);
    // The gradient of a kernel sums over the rows of the batch.
    expect(
      roles("MatMul", [input(3, 8), input(3, 5)], [8, 5], {
        flag: "transpose_a",
      }),
    )
      .toBeNull();
    expect(
      roles("BatchMatMulV2", [input(3, 8), input(3, 5)], [8, 5], {
        flag: "adj_x",
      }),
    ).toBeNull();
  });

  it("reduces along columns, not along rows", () => {
    expect(roles("Sum", [input(8, 3), integers([1])], [8]))
      .toEqual(["rows", "whole"]);
    expect(roles("Sum", [input(8, 3), integers([-1])], [8]))
      .toEqual(["rows", "whole"]);
    expect(roles("Sum", [input(3, 8), integers([0])], [8])).toBeNull();
    expect(roles("Sum", [input(3, 8), integers([-2])], [8])).toBeNull();
  });

  it("keeps the rows of one image together", () => {
    // Three draws of each image, and what is left of them.
    expect(roles("Exp", [input(24, 3)], [24, 3])).toEqual(["rows"]);
    expect(roles("Reshape", [input(24, 4), integers([8, 3, 4])], [8, 3, 4]))
      .toEqual(["rows", "shape"]);
    expect(roles("Reshape", [input(8, 3, 4), integers([24, 4])], [24, 4]))
      .toEqual(["rows", "shape"]);
    // Draws first: an image has rows in several places.
    expect(roles("Reshape", [input(3, 8, 4), integers([24, 4])], [24, 4]))
      .toBeNull();
    expect(roles("Tile", [input(8, 1, 4), integers([1, 3, 1])], [8, 3, 4]))
      .toEqual(["rows", "whole"]);
    expect(roles("Tile", [input(8, 4), integers([3, 1])], [24, 4]))
      .toBeNull();
  });

  it("splits a convolution by images, and tells the piece its shape", () => {
    const [x, y, filter] = [
      input(8, 6, 6, 2),
      input(8, 3, 3, 5),
      input(3, 3, 2, 5),
    ];
    expect(roles("Conv2D", [x, filter], [8, 3, 3, 5]))
      .toEqual(["rows", "whole"]);
    expect(
      roles("Conv2DBackpropInput", [integers([8, 6, 6, 2]), filter, y], [
        8,
        6,
        6,
        2,
      ]),
    ).toEqual(["shape", "whole", "rows"]);
  });

  it("takes no piece of what moves rows", () => {
    const x = input(8, 4);
    expect(roles("PadV2", [x, integers([0, 0, 1, 1]), input()], [8, 6]))
      .toEqual(["rows", "whole", "whole"]);
    expect(roles("PadV2", [x, integers([4, 4, 0, 0]), input()], [16, 4]))
      .toBeNull();
    expect(roles("Transpose", [input(8, 2, 3), integers([0, 2, 1])], [8, 3, 2]))
      .toEqual(["rows", "whole"]);
    expect(roles("Transpose", [input(8, 8), integers([1, 0])], [8, 8]))
      .toBeNull();
    expect(roles("Slice", [x, integers([0, 1]), integers([8, 2])], [8, 2]))
      .toEqual(["rows", "whole", "shape"]);
    expect(
      roles("Slice", [input(16, 4), integers([0, 1]), integers([8, 2])], [
        8,
        2,
      ]),
    ).toBeNull();
  });

  it("knows nothing of other operations", () => {
    expect(roles("Cumsum", [input(8, 3), integers(0)], [8, 3])).toBeNull();
    expect(roles("Reshape", [input(4, 6), integers([8, 3])], [8, 3]))
      .toBeNull();
    expect(roles("Relu", [input(4, 3)], [4, 3])).toBeNull();
  });
});

describe("rowSumInputs()", () => {
  const sums = (op: string, inputs: readonly GraphNode[], shape: number[]) =>
    roles(op, inputs, shape, { of: rowSumInputs });

  it("adds up the pieces' sums over images", () => {
    const [x, dy] = [input(8, 6, 6, 2), input(8, 3, 3, 5)];
    const shape = integers([3, 3, 2, 5]);
    expect(sums("Conv2DBackpropFilter", [x, shape, dy], [3, 3, 2, 5]))
      .toEqual(["rows", "whole", "rows"]);
    expect(sums("Sum", [dy, integers([0, 1, 2])], [5]))
      .toEqual(["rows", "whole"]);
    expect(sums("Sum", [dy, integers([1, 2])], [8, 5])).toBeNull();
  });

  it("leaves sums of matrices in the order in which they were", () => {
    expect(sums("Sum", [input(8, 3), integers([0])], [3])).toBeNull();
  });
});
