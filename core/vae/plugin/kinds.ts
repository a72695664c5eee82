/**
 * The kinds of plugins that a model is made of.
 *
 * @module
 */

import type { PluginKind } from "./kind.ts";
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
