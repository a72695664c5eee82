import { describe, expect, it } from "vitest";
import type {
  Graph,
  GraphNode,
  Operation,
} from "../../../core/engine/compile/graph.ts";
import { integers } from "../../../core/engine/compile/graph.ts";
import { rowWiseInputs } from "../../../core/engine/compile/row_wise.ts";

const FLOAT = 1;
const BOOL_ATTRIBUTE = 4;

function input(...shape: number[]): GraphNode {
  return { kind: "placeholder", name: "x", dtype: FLOAT, shape };
}

/** Roles of the inputs of the last node, an operation on all the others. */
function roles(
  op: string,
  inputs: readonly GraphNode[],
  shape: readonly number[],
  flag?: string,
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
  return rowWiseInputs(graph, node, 8);
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
    expect(roles("MatMul", [input(3, 8), input(3, 5)], [8, 5], "transpose_a"))
      .toBeNull();
    expect(
      roles("BatchMatMulV2", [input(3, 8), input(3, 5)], [8, 5], "adj_x"),
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

  it("knows nothing of other operations", () => {
    expect(roles("Cumsum", [input(8, 3), integers(0)], [8, 3])).toBeNull();
    expect(roles("Reshape", [input(4, 6), integers([8, 3])], [8, 3]))
      .toBeNull();
    expect(roles("Relu", [input(4, 3)], [4, 3])).toBeNull();
  });
});
