/**
 * Kernels of the standard normal distribution function and its inverse.
 *
 * @module
 */

import { type Tensor, tf } from "../tf.ts";
import type { ElementwiseKernel } from "./definition.ts";
import { erfc, ndtri } from "./scalar/normal_distribution.ts";

/** Ndtr and Ndtri. In double on the native engine: the tails amplify rounding. */
export const NORMAL_DISTRIBUTION: readonly ElementwiseKernel[] = [
  {
    kind: "elementwise",
    name: "Ndtr",
    inputs: ["x"],
    native: (graph, [x]) => {
      const x64 = graph.double(x!);
      const scaled = graph.op("Mul", x64, graph.constant(-Math.SQRT1_2, x64));
      const tails = graph.op("Erfc", scaled);
      return graph.float(graph.op("Mul", tails, graph.constant(0.5, x64)));
    },
    scalar: (x = NaN) => erfc(-x * Math.SQRT1_2) / 2,
    derivatives: { x: ([x]) => density(x!) },
  },
  {
    kind: "elementwise",
    name: "Ndtri",
    inputs: ["p"],
    native: (graph, [p]) => graph.float(graph.op("Ndtri", graph.double(p!))),
    scalar: ndtri,
    derivatives: { p: ([, x]) => tf.reciprocal(density(x!)) },
  },
];

function density(x: Tensor): Tensor {
  return tf.mul(tf.exp(tf.mul(tf.square(x), -0.5)), 1 / Math.sqrt(2 * Math.PI));
}
