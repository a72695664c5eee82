/**
 * Gradients that TensorFlow.js leaves out, or takes long for.
 *
 * @module
 */

import { registerComparisonGradients } from "./comparison.ts";
import { registerRearrangementGradient } from "./rearrangement.ts";
import { registerRectifierGradient } from "./rectifier.ts";

/** Registers them for every engine; calling it again changes nothing. */
export function registerGradients(): void {
  registerComparisonGradients();
  registerRearrangementGradient();
  registerRectifierGradient();
}
