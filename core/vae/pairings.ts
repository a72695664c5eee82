/**
 * Which priors and objectives of a config do not go together, before any work.
 *
 * @module
 */

import type { ResolvedConfig } from "../config/types.ts";
import { nameTrials } from "../pipeline/trials.ts";
import type { TrialValues } from "../pipeline/types.ts";
import type { ResolvedPrior } from "./plugin/prior.ts";
import type {} from "./latent_dim_axis.ts";
import type {} from "./objective_axis.ts";
import type {} from "./prior_axis.ts";
import { requireNeeds } from "./model/prior_needs.ts";
import type { Prior } from "./plugin/prior.ts";
import { openObjective } from "./plugin/guard_objective.ts";

/** How large an image is, nobody knows before there are data. */
const INPUT_SIZE = 784;

/**
 * Holds the trials of a config to what their objectives ask of priors.
 *
 * @throws {UserError} naming prior and objective, and what is wanted.
 */
export function checkPairings(
  { axes, exclude, stages }: Pick<
    ResolvedConfig,
    "axes" | "exclude" | "stages"
  >,
): void {
  if (!stages.some(({ params }) => params.includes("objective"))) return;
  for (const { values } of nameTrials(axes, exclude)) checkPairing(values);
}

function checkPairing({ objective, prior, latentDim }: TrialValues): void {
  const builtObjective = openObjective(objective).build();
  if ((builtObjective.needs ?? []).length === 0) return;
  const size = { latentDim, inputSize: INPUT_SIZE };
  const builtPrior = tryBuild(prior, size);
  if (builtPrior === undefined) return;
  requireNeeds({ objective, builtObjective, prior, builtPrior, ...size });
}

/** What it cannot be built for, the stages that build it say in better words. */
function tryBuild(
  { definition, options }: ResolvedPrior,
  size: { readonly latentDim: number; readonly inputSize: number },
): Prior | undefined {
  try {
    return definition.create(options, size);
  } catch {
    return undefined;
  }
}
