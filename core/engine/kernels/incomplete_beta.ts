/**
 * Kernels of the regularised incomplete beta function.
 *
 * @module
 */

import type { BindingTensor } from "../ops/native_op.ts";
import { callKernel } from "./call.ts";
import type { ElementwiseKernel } from "./definition.ts";
import { loadFunction } from "./scalar/load.ts";

/** Betainc and BetaDensity, its derivative in x; in double. */
export const INCOMPLETE_BETA: readonly ElementwiseKernel[] = [
  {
    kind: "elementwise",
    name: "Betainc",
    inputs: ["a", "b", "x"],
    native: (graph, inputs) => {
      const [a, b, x] = inputs.map((input) => graph.double(input)) as Triple;
      const one = graph.constant(1, x);
      const rest = graph.op("Sub", one, x);
      // TensorFlow's continued fraction stops too early where x is next to 1
      // and b small; its power series for the other tail converges there.
      const swap = graph.execute("LogicalAnd", {}, [
        graph.op("Greater", x, graph.constant(0.5, x)),
        graph.op("LessEqual", graph.op("Mul", a, rest), one),
      ]);
      const value = graph.op(
        "Betainc",
        graph.select(swap, b, a),
        graph.select(swap, a, b),
        graph.select(swap, rest, x),
      );
      return graph.float(
        graph.select(swap, graph.op("Sub", one, value), value),
      );
    },
    scalar: () => {
      const betainc = loadFunction("betainc");
      return (a = NaN, b = NaN, x = NaN) => betainc(x, a, b);
    },
    derivatives: {
      x: ([a, b, x]) => callKernel("BetaDensity", { a: a!, b: b!, x: x! }),
    },
  },
  {
    kind: "elementwise",
    name: "BetaDensity",
    inputs: ["a", "b", "x"],
    native: (graph, inputs) => {
      const [a, b, x] = inputs.map((input) => graph.double(input)) as Triple;
      const one = graph.constant(1, a);
      const left = graph.op("Xlogy", graph.op("Sub", a, one), x);
      const right = graph.op(
        "Xlog1py",
        graph.op("Sub", b, one),
        graph.op("Neg", x),
      );
      const whole = graph.op("Lgamma", graph.op("AddV2", a, b));
      const parts = graph.op(
        "AddV2",
        graph.op("Lgamma", a),
        graph.op("Lgamma", b),
      );
      const scale = graph.op("Sub", whole, parts);
      const powers = graph.op("AddV2", left, right);
      return graph.float(graph.op("Exp", graph.op("AddV2", powers, scale)));
    },
    scalar: () => {
      const gammaln = loadFunction("gammaln");
      return (a = NaN, b = NaN, x = NaN) => {
        const left = a === 1 ? 0 : (a - 1) * Math.log(x);
        const right = b === 1 ? 0 : (b - 1) * Math.log1p(-x);
        const scale = gammaln(a + b) - gammaln(a) - gammaln(b);
        return Math.exp(left + right + scale);
      };
    },
  },
];

type Triple = [BindingTensor, BindingTensor, BindingTensor];
