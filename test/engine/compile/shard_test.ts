import { describe, expect, it } from "vitest";
import {
  type Graph,
  type GraphNode,
  integers,
  type Operation,
} from "../../../core/engine/compile/graph.ts";
import { shard } from "../../../core/engine/compile/shard.ts";
import type { NativeBinding } from "../../../core/engine/ops/native_op.ts";

const FLOAT = 1;
const BINDING = { TF_ATTR_INT: 2, TF_ATTR_TYPE: 5 } as NativeBinding;
const ROWS = 128;

function input(name: string, shape: readonly number[]): GraphNode {
  return { kind: "placeholder", name, dtype: FLOAT, shape };
}

function op(
  name: string,
  inputs: readonly number[],
  shape: readonly number[],
): GraphNode {
  return {
    kind: "op",
    op: name,
    attributes: [],
    inputs: inputs.map((node) => ({ node, output: 0 })),
    outputs: [{ dtype: FLOAT, shape }],
  };
}

/** relu(x w), its row sums, and the cumulative sum that no piece can do. */
function layer(rows = ROWS, units = 400): Graph {
  return {
    nodes: [
      input("x", [rows, 784]),
      input("w", [784, units]),
      op("MatMul", [0, 1], [rows, units]),
      op("Relu", [2], [rows, units]),
      integers([1]),
      op("Sum", [3, 4], [rows]),
      integers(0),
      op("Cumsum", [3, 6], [rows, units]),
    ],
    outputs: { sum: { node: 5, output: 0 }, all: { node: 7, output: 0 } },
  };
}

function operations(graph: Graph, name: string): Operation[] {
  return graph.nodes.filter((node): node is Operation =>
    node.kind === "op" && node.op === name
  );
}

describe("shard()", () => {
  it("makes one chain of operations a thread", () => {
    const graph = shard(BINDING, layer(), 2);
    const products = operations(graph, "MatMul");
    expect(products.map(({ outputs }) => outputs[0]!.shape)).toEqual([
      [64, 400],
      [64, 400],
    ]);
    const rectified = operations(graph, "Relu");
    expect(rectified.map(({ inputs }) => graph.nodes[inputs[0]!.node]))
      .toEqual(products);
    expect(operations(graph, "Sum")).toHaveLength(2);
  });

  it("puts pieces together for what wants the whole, and for outputs", () => {
    const graph = shard(BINDING, layer(), 2);
    const [whole] = operations(graph, "Cumsum");
    expect(graph.nodes[whole!.inputs[0]!.node]).toMatchObject({
      op: "ConcatV2",
      outputs: [{ shape: [ROWS, 400] }],
    });
    expect(graph.nodes[graph.outputs["sum"]!.node]).toMatchObject({
      op: "ConcatV2",
      outputs: [{ shape: [ROWS] }],
    });
  });

  it("gives rows that do not divide to all", () => {
    const graph = shard(BINDING, layer(127), 3);
    const heights = operations(graph, "MatMul").map(({ outputs }) =>
      outputs[0]!.shape[0]
    );
    expect(heights).toEqual([42, 42, 43]);
    const [split] = operations(graph, "SplitV");
    expect(graph.nodes[split!.inputs[1]!.node]).toMatchObject({
      values: Int32Array.of(42, 42, 43),
    });
  });

  it("draws each piece of a stream by itself, from its own place on", () => {
    const large = layer();
    const nodes = [
      ...large.nodes,
      integers([ROWS, 784]),
      input("key", [1]),
      input("counter", [2]),
      integers(1),
      op("StatelessRandomUniformV2", [8, 9, 10, 11], [ROWS, 784]),
    ];
    const graph = shard(BINDING, { ...large, nodes }, 2);
    const draws = operations(graph, "StatelessRandomUniformV2");
    expect(draws.map(({ outputs }) => outputs[0]!.shape)).toEqual([
      [64, 784],
      [64, 784],
    ]);
    const [first, second] = draws.map(({ inputs }) =>
      graph.nodes[inputs[2]!.node]!
    );
    expect(first).toMatchObject({ kind: "placeholder", name: "counter" });
    const cast = graph.nodes[(second as Operation).inputs[1]!.node];
    expect(graph.nodes[(cast as Operation).inputs[0]!.node]).toMatchObject({
      values: Int32Array.of(64 * 784 / 4, 0),
    });
  });

  it("names every input before its node", () => {
    const { nodes } = shard(BINDING, layer(), 4);
    nodes.forEach((node, index) => {
      if (node.kind !== "op") return;
      for (const { node: input } of node.inputs) {
        expect(input).toBeLessThan(index);
      }
    });
  });

  it("leaves alone what is small, and what has one thread", () => {
    const small = layer(8, 10);
    expect(shard(BINDING, small, 2)).toBe(small);
    const alone = layer();
    expect(shard(BINDING, alone, 1)).toBe(alone);
  });
});
