/** The axes of a test's plan. @module */

import type { ResolvedPrior } from "../../core/vae/config.ts";
import type { AxisValues } from "../../core/pipeline/provider.ts";
import { choices } from "../../core/vae/axes.ts";

/** The three axes with these values. */
export function axesWith(values: {
  readonly priors: readonly ResolvedPrior[];
  readonly latentDims?: readonly number[];
  readonly seeds?: readonly number[];
}): readonly AxisValues[] {
  const { priors, latentDims = [20], seeds = [0] } = values;
  return [priors, latentDims, seeds].map((values, i) => ({
    axis: choices[i]!.axis,
    values,
  }));
}
