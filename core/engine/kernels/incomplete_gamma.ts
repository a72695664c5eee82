/**
 * Kernels of the regularised lower incomplete gamma function.
 *
 * @module
 */

import type { BindingTensor } from "../ops/native_op.ts";
import { type Tensor, tf } from "../tf.ts";
import { callKernel } from "./call.ts";
import type { KernelDefinition } from "./definition.ts";
import { gammaLaw, logDensity } from "./formula/gamma_law.ts";
import { formulaKernel } from "./formula/kernel.ts";
import { quantile } from "./formula/quantile.ts";
import type { NativeGraph } from "./native_graph.ts";
import { gammaln } from "./scalar/gamma_function.ts";
import { gammainc } from "./scalar/incomplete_gamma.ts";

/** Beyond it TensorFlow's `Igamma` gives up before it has converged. */
const UNIFORM = 1e4;
/** The least normal float32, just above: its logarithm is finite. */
const SMALLEST = 1.2e-38;

/** Gammainc and GammaDensity, its derivative in x; the inverses. In double. */
export const INCOMPLETE_GAMMA: readonly KernelDefinition[] = [
  {
    kind: "elementwise",
    name: "Gammainc",
    inputs: ["a", "x"],
    native: (graph, inputs) => {
      const [a, x] = inputs.map((input) => graph.double(input)) as Pair;
      const large = graph.op("Greater", a, graph.constant(UNIFORM, a));
      // What the expansion answers gets a shape that costs nothing.
      const value = graph.op("Igamma", graph.select(large, 1, a), x);
      return graph.float(
        graph.select(large, nativeUniform(graph, a, x), value),
      );
    },
    scalar: gammainc,
    derivatives: {
      // dP/da = -x p(x) dlog x/da, the last factor taken at a fixed quantile.
      a: ([a, zeroOrMore]) => {
        const x = tf.maximum(zeroOrMore!, SMALLEST);
        const slope = callKernel("LogGammaSlope", { a: a!, logX: tf.log(x) });
        const density = callKernel("GammaDensity", { a: a!, x });
        return tf.neg(tf.mul(tf.mul(x, density), slope));
      },
      x: ([a, x]) => callKernel("GammaDensity", { a: a!, x: x! }),
    },
  },
  {
    kind: "elementwise",
    name: "GammaDensity",
    inputs: ["a", "x"],
    native: (graph, inputs) => {
      const [a, x] = inputs.map((input) => graph.double(input)) as Pair;
      const power = graph.op(
        "Xlogy",
        graph.op("Sub", a, graph.constant(1, a)),
        x,
      );
      const scale = graph.op("AddV2", x, graph.op("Lgamma", a));
      return graph.float(graph.op("Exp", graph.op("Sub", power, scale)));
    },
    scalar: (a = NaN, x = NaN) => {
      const power = a === 1 ? 0 : (a - 1) * Math.log(x);
      return Math.exp(power - x - gammaln(a));
    },
  },
  formulaKernel({
    name: "LogGammaincinv",
    inputs: ["a", "p"],
    formula: (m, { a, p }) => quantile(m, p, gammaLaw(m, a)),
    derivatives: {
      a: ([a, , logX]) => callKernel("LogGammaSlope", { a: a!, logX: logX! }),
      p: ([a, p]) => tf.reciprocal(densityAt(a!, p!)),
    },
  }),
  formulaKernel({
    name: "Gammaincinv",
    inputs: ["a", "p"],
    formula: (m, { a, p }) => m.exp(quantile(m, p, gammaLaw(m, a))),
    derivatives: {
      a: ([a, , x]) => {
        const logX = tf.log(tf.maximum(x!, SMALLEST));
        return tf.mul(x!, callKernel("LogGammaSlope", { a: a!, logX }));
      },
      p: ([a, p, x]) => tf.div(x!, densityAt(a!, p!)),
    },
  }),
  formulaKernel({
    // From p, since the density changes within the rounding of a quantile.
    name: "GammaQuantileDensity",
    inputs: ["a", "p"],
    formula(m, { a, p }) {
      const logX = quantile(m, p, gammaLaw(m, a));
      return m.exp(logDensity(m, a, logX));
    },
  }),
];

/** The density of log x at its quantile p. */
function densityAt(a: Tensor, p: Tensor): Tensor {
  return callKernel("GammaQuantileDensity", { a, p });
}

type Pair = [BindingTensor, BindingTensor];

/** Temme's uniform expansion (DLMF 8.12.3 to 8.12.8), first term. */
function nativeUniform(
  graph: NativeGraph,
  a: BindingTensor,
  x: BindingTensor,
): BindingTensor {
  const constant = (value: number) => graph.constant(value, a);
  const mu = graph.op("Div", graph.op("Sub", x, a), a);
  const half = graph.op("Sub", mu, graph.op("Log1p", mu));
  const root = graph.op("Sqrt", graph.op("Mul", half, constant(2)));
  const eta = graph.op("Mul", graph.op("Sign", mu), root);
  const apart = graph.op(
    "Sub",
    graph.op("Reciprocal", mu),
    graph.op("Reciprocal", eta),
  );
  // 1/mu - 1/eta loses its digits near the mean.
  const near = graph.op("Less", graph.op("Abs", mu), constant(1e-2));
  const series = graph.polynomial(eta, [-1 / 3, 1 / 12, -2 / 135]);
  const first = graph.select(near, series, apart);
  const bell = graph.op("Exp", graph.op("Neg", graph.op("Mul", a, half)));
  const width = graph.op(
    "Rsqrt",
    graph.op("Mul", a, constant(2 * Math.PI)),
  );
  const rest = graph.op("Mul", first, graph.op("Mul", bell, width));
  const quantile = graph.op(
    "Mul",
    eta,
    graph.op("Sqrt", graph.op("Mul", a, constant(0.5))),
  );
  const normal = graph.op("Erfc", graph.op("Neg", quantile));
  return graph.op("Sub", graph.op("Mul", normal, constant(0.5)), rest);
}
