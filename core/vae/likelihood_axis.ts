/**
 * The likelihood, an axis of plugins.
 *
 * @module
 */

import type { ResolvedLikelihood } from "./config.ts";
import { likelihoodKind } from "./plugin/kinds.ts";
import { pluginAxis } from "./plugin/plugin_axis.ts";
import type { RunLikelihood } from "./run_likelihood.ts";

declare module "../pipeline/stage.ts" {
  interface Lent {
    /** The run's likelihood; needs `params: ["likelihood"]`. */
    readonly likelihood: RunLikelihood;
  }
}
declare module "../pipeline/types.ts" {
  interface TrialValues {
    readonly likelihood: ResolvedLikelihood;
  }
}

export default pluginAxis({
  kind: likelihoodKind,
  module: import.meta.url,
  open: async (plugin) => {
    const { runLikelihood } = await import("./run_likelihood.ts");
    return runLikelihood(plugin);
  },
});
