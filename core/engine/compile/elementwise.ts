/**
 * TensorFlow's operations of one value an entry.
 *
 * @module
 */

const names = (text: string): ReadonlySet<string> => new Set(text.split(/\s+/));

/** Operations whose operands broadcast against each other. */
export const BROADCASTING: ReadonlySet<string> = names(
  `Abs Neg Square Sqrt Rsqrt Reciprocal Inv Exp Expm1 Log Log1p Sign Sigmoid
  Tanh Relu Relu6 LeakyRelu Selu Softplus Elu Sin Cos Tan Atan Sinh Cosh Floor
  Ceil Rint Lgamma Digamma Erf Erfc Erfinv Ndtri BesselI0e BesselI1e IsNan
  IsFinite IsInf Cast LogicalNot Add AddV2 Sub Mul Div RealDiv DivNoNan Maximum
  Minimum Pow SquaredDifference Xlogy Xlog1py Atan2 Polygamma Zeta Igamma
  Igammac IgammaGradA RandomGammaGrad Greater GreaterEqual Less LessEqual Equal
  NotEqual LogicalAnd LogicalOr SelectV2`,
);

/** Operations that want all their operands in one shape. */
export const SAME_SHAPE: ReadonlySet<string> = names(
  `ReluGrad Relu6Grad LeakyReluGrad EluGrad SeluGrad SoftplusGrad SigmoidGrad
  TanhGrad Betainc Select AddN ZerosLike`,
);

/** The shape that shapes broadcast to. */
export function broadcastShape(
  shapes: readonly (readonly number[])[],
): number[] {
  const rank = Math.max(...shapes.map(({ length }) => length));
  return Array.from({ length: rank }, (_, axis) => {
    const sizes = shapes.map((shape) => shape[axis - rank + shape.length] ?? 1);
    return sizes.find((size) => size !== 1) ?? 1;
  });
}

/** Whether two shapes are the same. */
export function sameShape(a: readonly number[], b: readonly number[]): boolean {
  return a.length === b.length && a.every((size, i) => size === b[i]);
}
