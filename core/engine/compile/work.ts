/**
 * How long an operation takes, roughly: enough to tell a trifle from what is
 * worth a second thread.
 *
 * @module
 */

import { type Graph, type GraphNode, type Operation, specOf } from "./graph.ts";
import { sizeOfShape } from "../../lib/tensor_shape.ts";

/** Nanoseconds of one entry, where it is more than arithmetic. */
const COSTS: readonly (readonly [RegExp, number])[] = [
  [/^(RandomGammaGrad|IgammaGradA|Igammac?|Betainc)$/, 100],
  [/^(Digamma|Lgamma|Polygamma|Zeta|Erfinv|Ndtri)$/, 20],
  [/^StatelessRandom(Uniform|Normal)V2$/, 6],
  [/^(Log|Log1p|Exp|Expm1|Sigmoid|Tanh|Softplus|Pow)$/, 1],
];

/** Entries that plain arithmetic does in a nanosecond. */
const ENTRIES = 6;
/** Multiplications that a matrix product does in a nanosecond. */
const MULTIPLICATIONS = 80;

/** Whether `node` is a product of two matrices, or a convolution or its gradient. */
export function isProduct(node: GraphNode): boolean {
  return node.kind === "op" &&
    (isMatrixProduct(node) || CONVOLUTIONS.has(node.op));
}

/** Nanoseconds of `node` on one thread. */
export function workOf(graph: Graph, node: GraphNode): number {
  if (node.kind !== "op") return 0;
  const shapes = node.inputs.map((input) => specOf(graph, input).shape);
  const inputs = shapes.map(sizeOfShape);
  const output = node.outputs.reduce(
    (sum, spec) => sum + sizeOfShape(spec.shape),
    0,
  );
  if (isMatrixProduct(node)) {
    // (m k) (k n) (m n) is the square of m k n.
    const [left, right] = inputs as [number, number];
    return Math.sqrt(left * right * output) / MULTIPLICATIONS;
  }
  const convolution = CONVOLUTIONS.get(node.op);
  if (convolution !== undefined) {
    const all = [...shapes, node.outputs[0]!.shape];
    const filter = all.at(convolution.filter)!;
    const small = all.at(convolution.small)!;
    return sizeOfShape(small) * sizeOfShape(filter) / filter.at(-1)! /
      MULTIPLICATIONS;
  }
  const entries = Math.max(output, ...inputs);
  const cost = COSTS.find(([name]) => name.test(node.op))?.[1] ?? 1 / ENTRIES;
  return entries * cost;
}

/**
 * Where a convolution has its filter `[.., .., I, O]` and the tensor that has
 * `O` channels, each entry of which takes part in `.. .. I` multiplications:
 * among inputs and, last, the output.
 */
const CONVOLUTIONS: ReadonlyMap<
  string,
  { readonly filter: number; readonly small: number }
> = new Map([
  ["Conv2D", { filter: 1, small: -1 }],
  ["Conv2DBackpropInput", { filter: 1, small: 2 }],
  ["Conv2DBackpropFilter", { filter: -1, small: 2 }],
]);

function isMatrixProduct({ op, outputs }: Operation): boolean {
  return outputs[0]?.shape.length === 2 &&
    (op === "MatMul" || op === "BatchMatMulV2");
}
