/**
 * The way into this folder's kernels: their names, and one typed call. Light
 * enough for a module that is loaded before TensorFlow.js is.
 *
 * @module
 */

import { type Tensor, tf } from "../tf.ts";

/** The kernels that {@link registerKernels} adds to TensorFlow.js. */
export type KernelName =
  | "Lgamma"
  | "Digamma"
  | "Trigamma"
  | "Polygamma"
  | "LogBeta"
  | "DigammaDifference"
  | "TrigammaDifference"
  | "PreciseLog1p"
  | "Ndtr"
  | "Ndtri"
  | "Gammainc"
  | "GammaDensity"
  | "GammaQuantileDensity"
  | "Gammaincinv"
  | "LogGammaincinv"
  | "LogGammaSlope"
  | "Betainc"
  | "BetaincSlopeA"
  | "BetaincSlopeB"
  | "BetaDensity"
  | "BetaQuantileDensity"
  | "LogitBetaSlopeA"
  | "LogitBetaSlopeB"
  | "Betaincinv"
  | "LogitBetaincinv"
  | "LogIv"
  | "LogIvSlope"
  | "BesselRatio"
  | "BesselRatioSlope"
  | "SeededNormal"
  | "SeededUniform"
  | "SeededLogGamma";

/** Numbers that a kernel is told beside its tensors. */
export type KernelAttributes = Readonly<Record<string, number | number[]>>;

/** Runs a kernel on the current engine; differentiable where the kernel is. */
export function callKernel(
  name: KernelName,
  inputs: Readonly<Record<string, Tensor>>,
  attributes: KernelAttributes = {},
): Tensor {
  return tf.engine().runKernel(name, { ...inputs }, {
    ...attributes,
  }) as Tensor;
}
