/**
 * The kernel of the implicit gradient of a gamma draw's logarithm.
 *
 * @module
 */

import type { BindingTensor } from "../ops/native_op.ts";
import type { ElementwiseKernel } from "./definition.ts";
import { G_SERIES, LARGE_SHAPE, LAST_TERM } from "./gamma_expansion.ts";
import type { NativeGraph } from "./native_graph.ts";
import { logGammaSlope } from "./scalar/incomplete_gamma.ts";

/** Below this log x the law P = x^a / Gamma(a + 1) is exact in float32. */
const TINY_LOG = -20;

/**
 * d log x / da at a fixed quantile of Gamma(a, 1), from `a` and `logX`
 * (Figurnov, Mohamed and Mnih 2018, eq. 5). TensorFlow's `RandomGammaGrad` gives
 * dx / da; it divides by zero where x underflows and stops too early for large
 * a, so both ends have their own formula.
 */
export const LOG_GAMMA_SLOPE: ElementwiseKernel = {
  kind: "elementwise",
  name: "LogGammaSlope",
  inputs: ["a", "logX"],
  native: (graph, [a, logX]) => {
    const tiny = graph.op("Less", logX!, graph.constant(TINY_LOG, logX!));
    const bound = graph.constant(LARGE_SHAPE.float32, a!);
    const large = graph.op("Greater", a!, bound);
    const elsewhere = graph.execute("LogicalOr", {}, [tiny, large]);
    // What another formula answers gets an argument that costs nothing.
    const shape = graph.select(elsewhere, 1, a!);
    const x = graph.op("Exp", graph.select(elsewhere, 0, logX!));
    const slope = graph.op("RandomGammaGrad", shape, x);
    const middle = graph.op("Div", slope, x);
    const upper = graph.select(large, largeSlope(graph, a!, logX!), middle);
    return graph.select(tiny, tinySlope(graph, a!, logX!), upper);
  },
  scalar: logGammaSlope,
};

/** P = x^a / Gamma(a + 1): (psi(a + 1) - log x) / a. */
function tinySlope(
  graph: NativeGraph,
  a: BindingTensor,
  logX: BindingTensor,
): BindingTensor {
  const digamma = graph.op(
    "Digamma",
    graph.op("AddV2", a, graph.constant(1, a)),
  );
  return graph.op("Div", graph.op("Sub", digamma, logX), a);
}

/** The expansion of gamma_expansion.ts. */
function largeSlope(
  graph: NativeGraph,
  a: BindingTensor,
  logX: BindingTensor,
): BindingTensor {
  // 0 / 0 at the mean becomes 1; elsewhere the addend is rounded away.
  const nothing = graph.constant(1e-30, a);
  const w = graph.op("Reciprocal", a);
  const l = graph.op("Sub", logX, graph.op("Log", a));
  const first = graph.op(
    "Div",
    graph.op("AddV2", l, nothing),
    graph.op("AddV2", graph.op("Expm1", l), nothing),
  );
  const halves = graph.polynomial(l, G_SERIES.slice(0, 5).map((c) => c / 2));
  const last = graph.op("Mul", w, graph.constant(LAST_TERM, a));
  const rest = graph.op("Mul", w, graph.op("AddV2", halves, last));
  return graph.op("Mul", w, graph.op("AddV2", first, rest));
}
