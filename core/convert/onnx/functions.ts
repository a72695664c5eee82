/**
 * Functions that ONNX lacks, of its operations. They are computed in double
 * precision, whatever they are asked in.
 *
 * @module
 */

import { TYPES } from "./message.ts";
import type { OnnxGraph } from "./onnx_graph.ts";

/** Of a value of type `float` or `double`, another of the same. */
export type Rendering = (graph: OnnxGraph, x: string) => string;

/**
 * Stirling's series of log Gamma (Abramowitz and Stegun 1964, 6.1.41), whose
 * first term left out is below 1e-13 from here on.
 */
const LARGE = 10;
const SERIES = [1 / 12, -1 / 360, 1 / 1260, -1 / 1680, 1 / 1188];

/** log |Gamma(x)|: by recurrence where x is small, by reflection below 1/2. */
export const lgamma: Rendering = inDouble((graph, x) => {
  const { add, number } = tools(graph);
  const isLow = add("Less", x, number(0.5));
  const y = add("Where", isLow, add("Sub", number(1), x), x);
  const isSmall = add("Less", y, number(LARGE));
  let steps = y;
  for (let i = 1; i < LARGE; i++) {
    steps = add("Mul", steps, add("Add", y, number(i)));
  }
  const product = add("Where", isSmall, steps, number(1));
  const z = add("Where", isSmall, add("Add", y, number(LARGE)), y);
  const inverse = add("Div", number(1), z);
  const square = add("Mul", inverse, inverse);
  const series = add("Mul", polynomial(graph, square, SERIES), inverse);
  const main = add("Mul", add("Sub", z, number(0.5)), add("Log", z));
  const stirling = add(
    "Add",
    add("Sub", main, z),
    add("Add", series, number(Math.log(2 * Math.PI) / 2)),
  );
  const right = add("Sub", stirling, add("Log", product));
  // Of the distance to the nearest whole number, lest the sine lose digits.
  const rest = add("Sub", x, add("Floor", x));
  const sine = add("Sin", add("Mul", rest, number(Math.PI)));
  const left = add(
    "Sub",
    add("Log", add("Div", number(Math.PI), add("Abs", sine))),
    right,
  );
  return add("Where", isLow, left, right);
});

/**
 * exp(x^2) erfc(x) / t for x >= 0 as a polynomial in 2 t - 1 with t = 1 / (1 + x
 * / 2): its Chebyshev interpolation of degree 23, with a relative error below
 * 1e-13.
 */
const SCALED_ERFC = [
  0.5107913526210114,
  0.3435803422069164,
  0.1397360462780342,
  0.0182211157523912,
  -0.01075533094451829,
  -0.003239592504627958,
  0.001545306015034449,
  0.0004186476562120172,
  -0.0003315365106538524,
  -1.718305325613964e-05,
  7.223340134143173e-05,
  -1.7085995220988e-05,
  -1.083872174491992e-05,
  8.092549725994328e-06,
  -5.910080118403431e-07,
  -1.880260192345009e-06,
  1.056646785420617e-06,
  6.78512553768526e-08,
  -3.584164487846966e-07,
  1.120670081462051e-07,
  6.042302084186291e-08,
  -3.600501473721505e-08,
  -3.89692208296177e-09,
  3.847874966588683e-09,
];

/** The complementary error function, exact in its tail. */
export const erfc: Rendering = inDouble((graph, x) => {
  const { add, number } = tools(graph);
  const size = add("Abs", x);
  const half = add("Mul", size, number(0.5));
  const t = add("Div", number(1), add("Add", half, number(1)));
  const u = add("Sub", add("Add", t, t), number(1));
  const falls = add("Exp", add("Neg", add("Mul", size, size)));
  const scaled = add("Mul", polynomial(graph, u, SCALED_ERFC), t);
  const tail = add("Mul", scaled, falls);
  const isLeft = add("Less", x, number(0));
  return add("Where", isLeft, add("Sub", number(2), tail), tail);
});

/** exp(x) - 1, without cancelling. */
export const expm1: Rendering = inDouble((graph, x) => {
  const { add, number } = tools(graph);
  const whole = add("Sub", add("Exp", x), number(1));
  const exp = add("Exp", x);
  // Kahan's: the rounding of exp is that of its logarithm.
  const ratio = add("Div", add("Mul", whole, x), add("Log", exp));
  const isSmall = add("Less", add("Abs", x), number(0.5));
  const isNone = add("Equal", exp, number(1));
  const small = add("Where", isNone, x, ratio);
  return add("Where", isSmall, small, whole);
});

/** log(1 + x), likewise. */
export const log1p: Rendering = inDouble((graph, x) => {
  const { add, number } = tools(graph);
  const sum = add("Add", x, number(1));
  const moved = add("Sub", sum, number(1));
  const ratio = add("Div", add("Mul", add("Log", sum), x), moved);
  const isNone = add("Equal", moved, number(0));
  const isSmall = add("Less", add("Abs", x), number(0.5));
  const small = add("Where", isNone, x, ratio);
  return add("Where", isSmall, small, add("Log", sum));
});

/** Coefficients from the constant on. */
function polynomial(
  graph: OnnxGraph,
  x: string,
  coefficients: readonly number[],
): string {
  const { add, number } = tools(graph);
  const [last, ...rest] = coefficients.toReversed();
  return rest.reduce(
    (sum, coefficient) => add("Add", add("Mul", sum, x), number(coefficient)),
    number(last!),
  );
}

function tools(graph: OnnxGraph) {
  return {
    add: (op: string, ...inputs: readonly string[]) => graph.add(op, inputs),
    number: (value: number) => graph.number(value, "double"),
  };
}

/** ONNX casts what is of another type, and leaves what is not. */
function inDouble(render: Rendering): Rendering {
  return (graph, x) => {
    const wide = graph.add("Cast", [x], { to: { i: TYPES.double } });
    return graph.add("CastLike", [render(graph, wide), x]);
  };
}
