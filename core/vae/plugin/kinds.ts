/**
 * The kinds of plugins that a model is made of.
 *
 * @module
 */

import type { PluginKind } from "./kind.ts";
import type { LikelihoodDefinition } from "./likelihood.ts";
import type { NetworkDefinition } from "./network.ts";
import type { ObjectiveDefinition } from "./objective.ts";
import type { PriorDefinition } from "./prior.ts";

/** Priors, each with its posterior and their divergence. */
export const priorKind: PluginKind<PriorDefinition> = {
  name: "prior",
  plural: "priors",
  define: "definePrior",
  apiVersion: 1,
  folder: new URL("../../../plugins/", import.meta.url),
  guide: "plugins/README.md",
};

/** Networks, each an encoder and a decoder. */
export const networkKind: PluginKind<NetworkDefinition> = {
  name: "network",
  plural: "networks",
  define: "defineNetwork",
  apiVersion: 1,
  folder: new URL("../../../plugins/networks/", import.meta.url),
  guide: "plugins/networks/README.md",
  usual: "mlp",
};

/** Likelihoods of pixels. */
export const likelihoodKind: PluginKind<LikelihoodDefinition> = {
  name: "likelihood",
  plural: "likelihoods",
  define: "defineLikelihood",
  apiVersion: 1,
  folder: new URL("../../../plugins/likelihoods/", import.meta.url),
  guide: "plugins/likelihoods/README.md",
  usual: "bernoulli",
};

/** What training makes smaller. */
export const objectiveKind: PluginKind<ObjectiveDefinition> = {
  name: "objective",
  plural: "objectives",
  define: "defineObjective",
  apiVersion: 1,
  folder: new URL("../../../plugins/objectives/", import.meta.url),
  guide: "plugins/objectives/README.md",
  usual: "elbo",
};

/** All of them, in the order in which names have them. */
export const pluginKinds: readonly PluginKind[] = [
  priorKind,
  networkKind,
  likelihoodKind,
  objectiveKind,
] as readonly PluginKind[];
