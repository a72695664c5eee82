/**
 * How long an operation takes, roughly: enough to tell a trifle from what is
 * worth a second thread.
 *
 * @module
 */

import { type Graph, type GraphNode, specOf } from "./graph.ts";

/** Nanoseconds of one entry, where it is more than arithmetic. */
const COSTS: readonly (readonly [RegExp, number])[] = [
  [/^(RandomGammaGrad|IgammaGradA|Igammac?|Betainc)$/, 100],
  [/^(Digamma|Lgamma|Polygamma|Zeta|Erfinv|Ndtri)$/, 20],
  [/^(Log|Log1p|Exp|Expm1|Sigmoid|Tanh|Softplus|Pow)$/, 1],
];

/** Entries that plain arithmetic does in a nanosecond. */
const ENTRIES = 6;
/** Multiplications that a matrix product does in a nanosecond. */
const MULTIPLICATIONS = 80;

/** Whether `node` is a product of two matrices. */
export function isProduct(node: GraphNode): boolean {
  return node.kind === "op" && node.outputs[0]?.shape.length === 2 &&
    (node.op === "MatMul" || node.op === "BatchMatMulV2");
}

/** Nanoseconds of `node` on one thread. */
export function workOf(graph: Graph, node: GraphNode): number {
  if (node.kind !== "op") return 0;
  const inputs = node.inputs.map((input) => sizeOf(specOf(graph, input).shape));
  const output = node.outputs.reduce(
    (sum, spec) => sum + sizeOf(spec.shape),
    0,
  );
  if (isProduct(node)) {
    // (m k) (k n) (m n) is the square of m k n.
    const [left, right] = inputs as [number, number];
    return Math.sqrt(left * right * output) / MULTIPLICATIONS;
  }
  const entries = Math.max(output, ...inputs);
  const cost = COSTS.find(([name]) => name.test(node.op))?.[1] ?? 1 / ENTRIES;
  return entries * cost;
}

function sizeOf(shape: readonly number[]): number {
  return shape.reduce((size, n) => size * n, 1);
}
