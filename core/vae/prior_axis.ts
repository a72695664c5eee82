/**
 * The prior, the axis that all this is about.
 *
 * @module
 */

import type { ResolvedPrior } from "./config.ts";
import { priorKind } from "./plugin/kinds.ts";
import { pluginAxis } from "./plugin/plugin_axis.ts";
import type { RunPrior } from "./run_prior.ts";

declare module "../pipeline/stage.ts" {
  interface Lent {
    /** The run's prior; needs `params: ["prior", "latentDim"]`. */
    readonly prior: RunPrior;
  }
}
declare module "../pipeline/types.ts" {
  interface TrialValues {
    readonly prior: ResolvedPrior;
  }
}

export default pluginAxis({
  kind: priorKind,
  module: import.meta.url,
  isAlwaysNamed: true,
  with: ["latentDim"],
  open: async (plugin, { stage, opened }) => {
    const { runPrior } = await import("./run_prior.ts");
    return runPrior(plugin, {
      latentDim: opened.latentDim!,
      trial: stage.params.includes("engine"),
    });
  },
});
