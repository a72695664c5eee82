/**
 * The special functions, as their tests and the table of their accuracy see them.
 *
 * @module
 */

import { callKernel } from "../../core/engine/kernels/call.ts";
import type { Tensor } from "../../core/engine/tf.ts";
import * as math from "../../core/math/mod.ts";

/** A function, the fixture of its values, and the output that is each gradient. */
export interface MeasuredFunction {
  /** As it is called. */
  readonly title: string;
  readonly fixture: string;
  /** The inputs are those of the fixture. */
  readonly of: (...inputs: Tensor[]) => Tensor;
  readonly gradients: Readonly<Record<string, string>>;
}

const BETA = { a: "da", b: "db", p: "dp" };

export const FUNCTIONS: readonly MeasuredFunction[] = [
  unary("lgamma(x)", "lgamma", math.lgamma),
  unary("digamma(x)", "digamma", math.digamma),
  unary("trigamma(x)", "trigamma", math.trigamma),
  unary("polygamma(0, x)", "digamma", (x) => math.polygamma(0, x)),
  unary("polygamma(1, x)", "trigamma", (x) => math.polygamma(1, x)),
  unary("polygamma(2, x)", "polygamma_2", (x) => math.polygamma(2, x)),
  unary("polygamma(3, x)", "polygamma_3", (x) => math.polygamma(3, x)),
  unary("polygamma(4, x)", "polygamma_4", (x) => math.polygamma(4, x)),
  {
    title: "logBeta(a, b)",
    fixture: "log_beta",
    of: (a, b) => math.logBeta(a!, b!),
    gradients: { a: "da", b: "db" },
  },
  {
    title: "digammaDifference(a, b)",
    fixture: "digamma_difference",
    of: (a, b) => math.digammaDifference(a!, b!),
    gradients: { a: "da", b: "db" },
  },
  unary("log1p(x)", "log1p", math.log1p),
  unary("expm1(x)", "expm1", math.expm1),
  unary("logSigmoid(x)", "log_sigmoid", math.logSigmoid),
  unary("softplusInverse(y)", "softplus_inverse", math.softplusInverse),
  unary("ndtr(x)", "ndtr", math.ndtr),
  unary("ndtri(p)", "ndtri", math.ndtri),
  {
    title: "gammainc(a, x)",
    fixture: "gammainc",
    of: (a, x) => math.gammainc(a!, x!),
    gradients: { a: "da", x: "dx" },
  },
  {
    title: "gammaincinv(a, p)",
    fixture: "gammaincinv",
    of: (a, p) => math.gammaincinv(a!, p!),
    gradients: { a: "da", p: "dp" },
  },
  {
    title: "logGammaincinv(a, p)",
    fixture: "log_gammaincinv",
    of: (a, p) => math.logGammaincinv(a!, p!),
    gradients: { a: "da", p: "dp" },
  },
  {
    title: "gradient of random.logGamma(a)",
    fixture: "gamma_sample_gradient",
    of: (a, logX) => callKernel("LogGammaSlope", { a: a!, logX: logX! }),
    gradients: {},
  },
  {
    title: "betainc(x, { a, b })",
    fixture: "betainc",
    of: (a, b, x) => math.betainc(x!, { a: a!, b: b! }),
    gradients: { a: "da", b: "db", x: "dx" },
  },
  {
    title: "betaincinv(p, { a, b })",
    fixture: "betaincinv",
    of: (a, b, p) => math.betaincinv(p!, { a: a!, b: b! }),
    gradients: BETA,
  },
  {
    title: "logitBetaincinv(p, { a, b })",
    fixture: "logit_betaincinv",
    of: (a, b, p) => math.logitBetaincinv(p!, { a: a!, b: b! }),
    gradients: BETA,
  },
  {
    title: "logIv(v, x)",
    fixture: "log_iv",
    of: (v, x) => math.logIv(v!, x!),
    gradients: { x: "dx" },
  },
  {
    title: "besselRatio(v, x)",
    fixture: "bessel_ratio",
    of: (v, x) => math.besselRatio(v!, x!),
    gradients: { x: "dx" },
  },
];

/** A function of one tensor, whose fixture calls the gradient `derivative`. */
function unary(
  title: string,
  fixture: string,
  f: (x: Tensor) => Tensor,
): MeasuredFunction {
  const input = title.at(-2)!;
  return {
    title,
    fixture,
    of: (x) => f(x!),
    gradients: { [input]: "derivative" },
  };
}
