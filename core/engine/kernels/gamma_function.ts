/**
 * Kernels of the logarithm of the gamma function and its derivatives.
 *
 * The native engine computes in double where float32 would cancel. TensorFlow's
 * own trigamma (`Polygamma`, `Zeta`) takes twice the time of the series here in a
 * compiled step.
 *
 * @module
 */

import type { BindingTensor } from "../ops/native_op.ts";
import { tf } from "../tf.ts";
import { callKernel } from "./call.ts";
import type { KernelDefinition } from "./definition.ts";
import { formulaKernel } from "./formula/kernel.ts";
import { polygamma } from "./formula/polygamma.ts";
import type { NativeGraph } from "./native_graph.ts";
import { sumOverShifts } from "./native_sums.ts";
import { digamma, gammaln, trigamma } from "./scalar/gamma_function.ts";

/** Steps of the recurrence before the asymptotic series. */
const SHIFTS = [0, 1, 2, 3, 4, 5, 6, 7];
const SHIFT = SHIFTS.length;

/** Lgamma, Digamma, Trigamma, Polygamma, and those of the beta function. */
export const GAMMA_FUNCTIONS: readonly KernelDefinition[] = [
  {
    kind: "elementwise",
    name: "Lgamma",
    inputs: ["x"],
    native: (graph, [x]) => graph.op("Lgamma", x!),
    scalar: gammaln,
    derivatives: { x: ([x]) => callKernel("Digamma", { x: x! }) },
  },
  {
    kind: "elementwise",
    name: "Digamma",
    inputs: ["x"],
    // In double, because float32 has no digits left beside the root at 1.46.
    native: (graph, [x]) => graph.float(graph.op("Digamma", graph.double(x!))),
    scalar: digamma,
    derivatives: { x: ([x]) => callKernel("Trigamma", { x: x! }) },
  },
  {
    kind: "elementwise",
    name: "Trigamma",
    inputs: ["x"],
    native: (graph, [x]) => nativeTrigamma(graph, x!),
    scalar: trigamma,
    derivatives: { x: ([x]) => callKernel("Polygamma", { x: x! }, { n: 2 }) },
  },
  formulaKernel({
    name: "Polygamma",
    inputs: ["x"],
    formula: (m, { x }, { n }) => polygamma(m, n as number, x),
    derivatives: {
      x: ([x], { n }) =>
        callKernel("Polygamma", { x: x! }, { n: n as number + 1 }),
    },
  }),
  {
    kind: "elementwise",
    name: "LogBeta",
    inputs: ["a", "b"],
    native: (graph, inputs) => {
      const [a, b] = inputs.map((x) => graph.double(x)) as Pair;
      const parts = graph.op(
        "AddV2",
        graph.op("Lgamma", a),
        graph.op("Lgamma", b),
      );
      const whole = graph.op("Lgamma", graph.op("AddV2", a, b));
      return graph.float(graph.op("Sub", parts, whole));
    },
    scalar: (a = NaN, b = NaN) => gammaln(a) + gammaln(b) - gammaln(a + b),
    derivatives: {
      a: ([a, b]) => callKernel("DigammaDifference", { a: a!, b: b! }),
      b: ([a, b]) => callKernel("DigammaDifference", { a: b!, b: a! }),
    },
  },
  {
    kind: "elementwise",
    name: "DigammaDifference",
    inputs: ["a", "b"],
    native: (graph, inputs) =>
      nativeDifference(graph, inputs, (x) => graph.op("Digamma", x)),
    scalar: (a = NaN, b = NaN) => digamma(a) - digamma(a + b),
    derivatives: {
      a: ([a, b]) => callKernel("TrigammaDifference", { a: a!, b: b! }),
      b: ([a, b]) => tf.neg(callKernel("Trigamma", { x: tf.add(a!, b!) })),
    },
  },
  {
    kind: "elementwise",
    name: "TrigammaDifference",
    inputs: ["a", "b"],
    native: (graph, inputs) =>
      nativeDifference(graph, inputs, (x) => nativeTrigamma(graph, x)),
    scalar: (a = NaN, b = NaN) => trigamma(a) - trigamma(a + b),
  },
];

type Pair = [BindingTensor, BindingTensor];

/** f(a) - f(a + b), in double. */
function nativeDifference(
  graph: NativeGraph,
  inputs: readonly BindingTensor[],
  f: (x: BindingTensor) => BindingTensor,
): BindingTensor {
  const [a, b] = inputs.map((x) => graph.double(x)) as Pair;
  return graph.float(graph.op("Sub", f(a), f(graph.op("AddV2", a, b))));
}

/** psi'(x): eight steps of the recurrence, then Abramowitz and Stegun 6.4.12. */
function nativeTrigamma(graph: NativeGraph, x: BindingTensor): BindingTensor {
  const shifted = graph.op("AddV2", x, graph.constant(SHIFT, x));
  const w = graph.op("Reciprocal", shifted);
  const w2 = graph.op("Square", w);
  const series = [1, 1 / 6, -1 / 30, 1 / 42, -1 / 30, 5 / 66];
  const odd = graph.op("Mul", w, graph.polynomial(w2, series));
  const even = graph.op("Mul", w2, graph.constant(1 / 2, x));
  const head = sumOverShifts(
    graph,
    x,
    SHIFTS,
    (term) => graph.op("Square", graph.op("Reciprocal", term)),
  );
  return graph.op("AddV2", head, graph.op("AddV2", odd, even));
}
