/**
 * The likelihood, an axis of plugins.
 *
 * @module
 */

import type { PluginKind } from "./plugin/kind.ts";
import { pluginAxis } from "./plugin/plugin_axis.ts";
import type {
  LikelihoodDefinition,
  LikelihoodEntry,
  ResolvedLikelihood,
  TrialLikelihood,
} from "./plugin/likelihood.ts";

declare module "./config.ts" {
  interface PipelineConfig {
    /** Likelihood, or a list of them. Default `bernoulli`. */
    readonly likelihoods?: LikelihoodEntry | readonly LikelihoodEntry[];
  }
}
declare module "../pipeline/stage.ts" {
  interface Lent {
    /** The trial's likelihood; needs `params: ["likelihood"]`. */
    readonly likelihood: TrialLikelihood;
  }
}
declare module "../pipeline/types.ts" {
  interface TrialValues {
    readonly likelihood: ResolvedLikelihood;
  }
}

/** Likelihoods of pixels. */
export const likelihoodKind: PluginKind<LikelihoodDefinition> = {
  name: "likelihood",
  plural: "likelihoods",
  define: "defineLikelihood",
  apiVersion: 1,
  folder: "plugins/likelihoods",
  usual: "bernoulli",
};

export default pluginAxis({
  kind: likelihoodKind,
  module: import.meta.url,
  open: async (plugin) => {
    const { openLikelihood } = await import("./plugin/guard_likelihood.ts");
    return openLikelihood(plugin);
  },
});
