/**
 * In what trials differ besides prior, latent dimension and seed.
 *
 * @module
 */

import type { PlanInput, TrialValues } from "../pipeline/types.ts";
import type {} from "./likelihood_axis.ts";
import type {} from "./network_axis.ts";
import type {} from "./objective_axis.ts";
import type {} from "./prior_axis.ts";

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

/** The options of stages in which trials differ, with a trial's values. */
export function stageOptionsOf(
  { axes }: Pick<PlanInput, "axes">,
  values: TrialValues,
): Readonly<Record<string, unknown>> {
  return Object.fromEntries(
    axes.filter(({ axis }) => axis.option !== undefined)
      .map(({ axis: { name } }) => [name, values[name]]),
  );
}

/** What a trial's model is made of beside its prior, by the labels: `{ network: "MLP(400)" }`. */
export function partLabels(
  { network, likelihood, objective }: Pick<
    TrialValues,
    "network" | "likelihood" | "objective"
  >,
): Readonly<Record<"network" | "likelihood" | "objective", string>> {
  return {
    network: network.label,
    likelihood: likelihood.label,
    objective: objective.label,
  };
}
