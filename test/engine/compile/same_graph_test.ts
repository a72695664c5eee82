import { describe, expect, it } from "vitest";
import type {
  Constant,
  Graph,
  GraphNode,
} from "../../../core/engine/compile/graph.ts";
import { requireSameGraph } from "../../../core/engine/compile/same_graph.ts";

const constant = (values: readonly number[]): Constant => ({
  kind: "const",
  dtype: 1,
  shape: [values.length],
  values: Float32Array.from(values),
  origin: () => "at my_prior.ts:7:3",
});

const operation = (op: string): GraphNode => ({
  kind: "op",
  op,
  attributes: [],
  inputs: [{ node: 0, output: 0 }],
  outputs: [{ dtype: 1, shape: [2] }],
});

const graph = (...nodes: GraphNode[]): Graph => ({
  nodes,
  outputs: { y: { node: nodes.length - 1, output: 0 } },
});

describe("requireSameGraph()", () => {
  it("takes two that are one", () => {
    const make = () => graph(constant([1, 2]), operation("Exp"));
    expect(() => requireSameGraph(make(), make())).not.toThrow();
  });

  it("names the place where a constant changes", () => {
    expect(() =>
      requireSameGraph(
        graph(constant([1, 2]), operation("Exp")),
        graph(constant([1, 3]), operation("Exp")),
      )
    ).toThrow(/changes from run to run.*my_prior\.ts:7:3/);
  });

  it("tells another operation, one more and one less", () => {
    const one = graph(constant([1, 2]), operation("Exp"));
    expect(() =>
      requireSameGraph(one, graph(constant([1, 2]), operation("Log")))
    )
      .toThrow(
        "another course for other data, so it cannot be compiled: operation Exp against operation Log",
      );
    const longer = graph(constant([1, 2]), operation("Exp"), operation("Exp"));
    expect(() => requireSameGraph(longer, one)).toThrow(
      "operation Exp against nothing",
    );
    expect(() => requireSameGraph(one, longer)).toThrow(
      "2 operations against 3",
    );
  });
});
