/**
 * The prior, the axis that all this is about.
 *
 * @module
 */

import type { PluginKind } from "./plugin/kind.ts";
import { pluginAxis } from "./plugin/plugin_axis.ts";
import type {
  PriorDefinition,
  PriorEntry,
  ResolvedPrior,
  TrialPrior,
} from "./plugin/prior.ts";

declare module "./config.ts" {
  interface PipelineConfig {
    readonly priors: readonly PriorEntry[];
  }
}
declare module "../pipeline/stage.ts" {
  interface Lent {
    /** The trial's prior; needs `params: ["prior", "latentDim"]`. */
    readonly prior: TrialPrior;
  }
}
declare module "../pipeline/types.ts" {
  interface TrialValues {
    readonly prior: ResolvedPrior;
  }
}

/** Priors, each with its posterior and their divergence. */
export const priorKind: PluginKind<PriorDefinition> = {
  name: "prior",
  plural: "priors",
  define: "definePrior",
  apiVersion: 1,
  folder: "plugins",
};

export default pluginAxis({
  kind: priorKind,
  module: import.meta.url,
  isAlwaysNamed: true,
  with: ["latentDim"],
  open: async (plugin, { stage, opened }) => {
    const { openPrior } = await import("./open_prior.ts");
    return openPrior(plugin, {
      latentDim: opened.latentDim!,
      isTried: stage.params.includes("engine"),
    });
  },
});
