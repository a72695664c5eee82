/** What a trial's model is built from, outside of its stages. @module */

import type { TrialValues } from "../pipeline/types.ts";
import type {} from "./latent_dim_axis.ts";
import type {} from "./likelihood_axis.ts";
import type {} from "./network_axis.ts";
import type {} from "./prior_axis.ts";
import type { ModelParts } from "./model/model.ts";
import { openLikelihood } from "./plugin/guard_likelihood.ts";
import { openNetwork } from "./plugin/guard_network.ts";
import { openPrior } from "./open_prior.ts";

/** The plugins of a trial, ready to be built. */
export function modelParts(
  { prior, network, likelihood, latentDim }: Pick<
    TrialValues,
    "prior" | "network" | "likelihood" | "latentDim"
  >,
): ModelParts {
  return {
    prior: openPrior(prior, { latentDim }),
    network: openNetwork(network),
    likelihood: openLikelihood(likelihood),
  };
}
