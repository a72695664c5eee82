/**
 * The network, an axis of plugins.
 *
 * @module
 */

import type { ResolvedNetwork } from "./config.ts";
import { networkKind } from "./plugin/kinds.ts";
import { pluginAxis } from "./plugin/plugin_axis.ts";
import type { RunNetwork } from "./run_network.ts";

declare module "../pipeline/stage.ts" {
  interface Lent {
    /** The run's network; needs `params: ["network"]`. */
    readonly network: RunNetwork;
  }
}
declare module "../pipeline/types.ts" {
  interface TrialValues {
    readonly network: ResolvedNetwork;
  }
}

export default pluginAxis({
  kind: networkKind,
  module: import.meta.url,
  open: async (plugin) => {
    const { runNetwork } = await import("./run_network.ts");
    return runNetwork(plugin);
  },
});
