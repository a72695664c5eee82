/**
 * Special functions of tensors, differentiable and the same on every engine.
 * Inputs are tensors or numbers; what is returned is float32.
 *
 * @module
 */

export type { TensorOrNumber } from "./_arguments.ts";
export { besselRatio, logIv } from "./bessel.ts";
export {
  betainc,
  betaincinv,
  type BetaShapes,
  logitBetaincinv,
} from "./betainc.ts";
export { digamma } from "./digamma.ts";
export { digammaDifference } from "./digamma_difference.ts";
export { expm1 } from "./expm1.ts";
export { gammainc, gammaincinv, logGammaincinv } from "./gammainc.ts";
export { lgamma } from "./lgamma.ts";
export { log1p } from "./log1p.ts";
export { logBeta } from "./log_beta.ts";
export { logSigmoid } from "./log_sigmoid.ts";
export { ndtr } from "./ndtr.ts";
export { ndtri } from "./ndtri.ts";
export { polygamma } from "./polygamma.ts";
export { softplusInverse } from "./softplus_inverse.ts";
export { trigamma } from "./trigamma.ts";
