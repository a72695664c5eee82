/**
 * Special functions and seeded draws as TensorFlow.js kernels, with gradients,
 * for the three engines.
 *
 * @module
 */

import { tf } from "../tf.ts";
import { registerKernel } from "./register.ts";
import { BESSEL } from "./bessel.ts";
import { DRAWS } from "./draws.ts";
import { GAMMA_FUNCTIONS } from "./gamma_function.ts";
import { INCOMPLETE_BETA } from "./incomplete_beta.ts";
import { INCOMPLETE_GAMMA } from "./incomplete_gamma.ts";
import { LOG_GAMMA_SLOPE } from "./log_gamma_slope.ts";
import { LOG1P } from "./logarithm.ts";
import { NORMAL_DISTRIBUTION } from "./normal_distribution.ts";

/**
 * Registers the kernels with the native, wasm and cpu backends. Loads
 * TensorFlow.js; calling it again does nothing.
 */
export function registerKernels(): void {
  if (tf.getKernel("Lgamma", "cpu") !== undefined) return;
  const definitions = [
    ...GAMMA_FUNCTIONS,
    ...NORMAL_DISTRIBUTION,
    ...INCOMPLETE_GAMMA,
    ...INCOMPLETE_BETA,
    ...BESSEL,
    LOG1P,
    LOG_GAMMA_SLOPE,
    ...DRAWS,
  ];
  for (const definition of definitions) registerKernel(definition);
}
