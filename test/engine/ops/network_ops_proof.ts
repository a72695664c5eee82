import { afterEach, beforeAll, describe, expect, it } from "vitest";
import { type Graph, specOf } from "../../../core/engine/compile/graph.ts";
import type { NativeBackend } from "../../../core/engine/ops/native_op.ts";
import { traceSpec } from "../../../core/engine/program/trace_spec.ts";
import { tf } from "../../../core/engine/tf.ts";
import { sizeOfShape } from "../../../core/lib/tensor_shape.ts";
import { setThreadCount } from "../../../core/engine/threads.ts";
import { nativeMissing, useBackend } from "../backends.ts";
import { NETWORK_OPS } from "./_network_ops.ts";
import {
  difference,
  networkProgram,
  ROWS,
  runNetworkOp,
} from "./_run_network_op.ts";

const missing = nativeMissing();
const CASES = Object.entries(NETWORK_OPS);

beforeAll(() => missing ? undefined : useBackend("native"));
afterEach(() => setThreadCount(1));

describe.skipIf(missing)("compiled, with one thread and three", () => {
  it.each(CASES)("%s is what it is eagerly", (_, op) => {
    const eager = runNetworkOp(op, { compile: false });
    for (const threads of [1, 3]) {
      setThreadCount(threads);
      const compiled = runNetworkOp(op, { compile: true });
      expect(difference(compiled, eager), `${threads} threads`)
        .toBeLessThan(2e-5);
    }
  });

  it("a convolution has the same bits again", () => {
    const op = NETWORK_OPS["conv2d, stride 2, same"]!;
    setThreadCount(3);
    const run = () => runNetworkOp(op, { compile: true });
    expect(run()).toEqual(run());
  });

  it.each(CASES.filter(([, { split }]) => split))(
    "%s is cut by rows",
    (_, op) => {
      setThreadCount(3);
      const graph = traceSpec(
        tf.backend() as NativeBackend,
        networkProgram(op),
      );
      for (const name of op.split!.split(" ")) {
        const rows = rowsOf(graph, name);
        expect(rows, name).not.toHaveLength(0);
        expect(rows.filter((count) => count % ROWS === 0), name).toEqual([]);
      }
    },
  );
});

/** First axes of what the operations of this name take and give that is no trifle. */
function rowsOf({ nodes, outputs }: Graph, name: string): number[] {
  const needed = new Set(Object.values(outputs).map(({ node }) => node));
  const found: number[] = [];
  for (let index = nodes.length - 1; index >= 0; index--) {
    const node = nodes[index]!;
    if (!needed.has(index) || node.kind !== "op") continue;
    for (const input of node.inputs) needed.add(input.node);
    if (node.op !== name) continue;
    const given = node.inputs.map((input) => specOf({ nodes, outputs }, input));
    for (const { shape } of [...given, ...node.outputs]) {
      if (sizeOfShape(shape) >= 1000) found.push(shape[0]!);
    }
  }
  return found;
}
