/**
 * In what trials differ besides prior, latent dimension and seed.
 *
 * @module
 */

import type { PlanInput, TrialValues } from "../pipeline/types.ts";

/** These have a place of their own wherever runs are listed. */
const PLACED = ["prior", "latentDim", "seed"];

/**
 * A trial's values of all other axes, but for those that go without saying, as a
 * config in JSON would have them: `{ "train.learningRate": 0.001 }`.
 */
export function matrixOf(
  { axes, baseDirectory }: Pick<PlanInput, "axes" | "baseDirectory">,
  values: TrialValues,
): Readonly<Record<string, unknown>> {
  return Object.fromEntries(
    axes.filter(({ axis }) =>
      !PLACED.includes(axis.name) &&
      axis.isUsual?.(values[axis.name]) !== true
    ).map(({ axis }) => {
      const value = values[axis.name];
      return [axis.name, axis.write?.(value, baseDirectory) ?? value];
    }),
  );
}
