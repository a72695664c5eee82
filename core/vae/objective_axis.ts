/**
 * The objective, an axis of plugins.
 *
 * @module
 */

import type { PluginKind } from "./plugin/kind.ts";
import { pluginAxis } from "./plugin/plugin_axis.ts";
import type {
  ObjectiveDefinition,
  ObjectiveEntry,
  ResolvedObjective,
  TrialObjective,
} from "./plugin/objective.ts";

declare module "./config.ts" {
  interface PipelineConfig {
    /** Objective, or a list of them. Default `elbo`. */
    readonly objectives?: ObjectiveEntry | readonly ObjectiveEntry[];
  }
}
declare module "../pipeline/stage.ts" {
  interface Lent {
    /** The trial's objective; needs `params: ["objective"]`. */
    readonly objective: TrialObjective;
  }
}
declare module "../pipeline/types.ts" {
  interface TrialValues {
    readonly objective: ResolvedObjective;
  }
}

/** What training makes smaller. */
export const objectiveKind: PluginKind<ObjectiveDefinition> = {
  name: "objective",
  plural: "objectives",
  define: "defineObjective",
  apiVersion: 1,
  folder: "plugins/objectives",
  usual: "elbo",
};

export default pluginAxis({
  kind: objectiveKind,
  module: import.meta.url,
  open: async (plugin) => {
    const { openObjective } = await import("./plugin/guard_objective.ts");
    return openObjective(plugin);
  },
});
