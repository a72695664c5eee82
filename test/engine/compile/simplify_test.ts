import { describe, expect, it } from "vitest";
import type { Graph, GraphNode } from "../../../core/engine/compile/graph.ts";
import { simplify } from "../../../core/engine/compile/simplify.ts";

const FLOAT = 1;
const INT = 3;

function op(
  name: string,
  inputs: readonly number[],
  output: { dtype?: number; shape: readonly number[] },
): GraphNode {
  return {
    kind: "op",
    op: name,
    attributes: [],
    inputs: inputs.map((node) => ({ node, output: 0 })),
    outputs: [{ dtype: output.dtype ?? FLOAT, shape: output.shape }],
  };
}

const X: GraphNode = {
  kind: "placeholder",
  name: "x",
  dtype: FLOAT,
  shape: [2, 3],
};

function graph(nodes: readonly GraphNode[]): Graph {
  return { nodes, outputs: { y: { node: nodes.length - 1, output: 0 } } };
}

/** Names of the operations between the output and the input, from the output on. */
function path({ nodes, outputs }: Graph): string[] {
  const names: string[] = [];
  let node = nodes[outputs["y"]!.node]!;
  while (node.kind === "op") {
    names.push(node.op);
    node = nodes[node.inputs[0]!.node]!;
  }
  return names;
}

describe("simplify()", () => {
  it("leaves out casts, reshapes and identities that change nothing, in a row too", () => {
    const simple = simplify(graph([
      X,
      op("Cast", [0], { shape: [2, 3] }),
      op("Reshape", [1], { shape: [2, 3] }),
      op("Exp", [2], { shape: [2, 3] }),
      op("Identity", [3], { shape: [2, 3] }),
    ]));
    expect(path(simple)).toEqual(["Exp"]);
    expect(simple.nodes).toHaveLength(2);
  });

  it("keeps those that change type or shape", () => {
    const simple = simplify(graph([
      X,
      op("Cast", [0], { dtype: INT, shape: [2, 3] }),
      op("Cast", [1], { shape: [2, 3] }),
      op("Reshape", [2], { shape: [3, 2] }),
      op("Reshape", [3], { shape: [1, 3, 2] }),
    ]));
    expect(path(simple)).toEqual(["Reshape", "Reshape", "Cast", "Cast"]);
  });

  it("follows an output that is an input", () => {
    const simple = simplify(graph([X, op("Identity", [0], { shape: [2, 3] })]));
    expect(simple.outputs["y"]).toEqual({ node: 0, output: 0 });
  });

  it("leaves a broadcast to the operation that takes it", () => {
    const ones: GraphNode = {
      kind: "const",
      dtype: FLOAT,
      shape: [2, 3],
      values: new Float32Array(6).fill(1),
      origin: () => "test",
    };
    const column: GraphNode = {
      kind: "placeholder",
      name: "c",
      dtype: FLOAT,
      shape: [2, 1],
    };
    const simple = simplify(graph([
      X,
      column,
      ones,
      op("Mul", [1, 2], { shape: [2, 3] }),
      op("Neg", [3], { shape: [2, 3] }),
      op("Add", [4, 0], { shape: [2, 3] }),
    ]));
    expect(path(simple)).toEqual(["Add", "Neg"]);
    const negated = simple.nodes.find((node) =>
      node.kind === "op" && node.op === "Neg"
    );
    expect(negated).toMatchObject({ outputs: [{ shape: [2, 1] }] });
  });

  it("makes the broadcast where an operation wants the whole", () => {
    const ones: GraphNode = {
      kind: "const",
      dtype: FLOAT,
      shape: [2, 3],
      values: new Float32Array(6).fill(1),
      origin: () => "test",
    };
    const scalar: GraphNode = {
      kind: "placeholder",
      name: "s",
      dtype: FLOAT,
      shape: [],
    };
    const simple = simplify(graph([
      scalar,
      ones,
      op("Mul", [0, 1], { shape: [2, 3] }),
      op("Reshape", [2], { shape: [3, 2] }),
    ]));
    expect(path(simple)).toEqual(["Reshape", "BroadcastTo"]);
  });

  it("keeps a division by another number than one, and one over x", () => {
    const half: GraphNode = {
      kind: "const",
      dtype: FLOAT,
      shape: [2, 3],
      values: new Float32Array(6).fill(0.5),
      origin: () => "test",
    };
    const one = { ...half, values: new Float32Array(6).fill(1) };
    const simple = simplify(graph([
      X,
      half,
      one,
      op("RealDiv", [0, 1], { shape: [2, 3] }),
      op("RealDiv", [2, 3], { shape: [2, 3] }),
    ]));
    const last = simple.nodes.at(-1)!;
    expect(last).toMatchObject({ op: "RealDiv" });
    expect(
      simple.nodes.filter((node) => node.kind === "op"),
    ).toHaveLength(2);
  });
});
