/**
 * The kernel of log(1 + x): the wasm backend's own is the logarithm of the
 * rounded sum, five per cent off at x = 1e-6.
 *
 * @module
 */

import { tf } from "../tf.ts";
import type { ElementwiseKernel } from "./definition.ts";

/** PreciseLog1p. */
export const LOG1P: ElementwiseKernel = {
  kind: "elementwise",
  name: "PreciseLog1p",
  inputs: ["x"],
  native: (graph, [x]) => graph.op("Log1p", x!),
  scalar: (x = NaN) => Math.log1p(x),
  derivatives: { x: ([x]) => tf.reciprocal(tf.add(x!, 1)) },
};
