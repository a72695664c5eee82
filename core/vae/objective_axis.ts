/**
 * The objective, an axis of plugins.
 *
 * @module
 */

import type { ResolvedObjective } from "./config.ts";
import { objectiveKind } from "./plugin/kinds.ts";
import { pluginAxis } from "./plugin/plugin_axis.ts";
import type { RunObjective } from "./run_objective.ts";

declare module "../pipeline/stage.ts" {
  interface Lent {
    /** The run's objective; needs `params: ["objective"]`. */
    readonly objective: RunObjective;
  }
}
declare module "../pipeline/types.ts" {
  interface TrialValues {
    readonly objective: ResolvedObjective;
  }
}

export default pluginAxis({
  kind: objectiveKind,
  module: import.meta.url,
  open: async (plugin) => {
    const { runObjective } = await import("./run_objective.ts");
    return runObjective(plugin);
  },
});
