/** The axes of a test's plan. @module */

import type { ResolvedPrior } from "../../core/vae/plugin/prior.ts";
import type { AxisValues } from "../../core/pipeline/provider.ts";
import { choices } from "../../core/vae/axes.ts";
import { parts } from "../vae/parts.ts";

/** All axes, with these values and the usual other parts of a model. */
export function axesWith(values: {
  readonly priors: readonly ResolvedPrior[];
  readonly latentDims?: readonly number[];
  readonly seeds?: readonly number[];
}): readonly AxisValues[] {
  const { network, likelihood, objective } = parts();
  const known: Readonly<Record<string, readonly unknown[]>> = {
    prior: values.priors,
    network: [network],
    likelihood: [likelihood],
    objective: [objective],
    latentDim: values.latentDims ?? [20],
    seed: values.seeds ?? [0],
  };
  return choices.map(({ axis }) => ({ axis, values: known[axis.name]! }));
}
