/**
 * The network, an axis of plugins.
 *
 * @module
 */

import type { PluginKind } from "./plugin/kind.ts";
import { pluginAxis } from "./plugin/plugin_axis.ts";
import type {
  NetworkDefinition,
  NetworkEntry,
  ResolvedNetwork,
  TrialNetwork,
} from "./plugin/network.ts";

declare module "./config.ts" {
  interface PipelineConfig {
    /** Network, or a list of them. Default `mlp`. */
    readonly networks?: NetworkEntry | readonly NetworkEntry[];
  }
}
declare module "../pipeline/stage.ts" {
  interface Lent {
    /** The trial's network; needs `params: ["network"]`. */
    readonly network: TrialNetwork;
  }
}
declare module "../pipeline/types.ts" {
  interface TrialValues {
    readonly network: ResolvedNetwork;
  }
}

/** Networks, each an encoder and a decoder. */
export const networkKind: PluginKind<NetworkDefinition> = {
  name: "network",
  plural: "networks",
  define: "defineNetwork",
  apiVersion: 1,
  folder: "plugins/networks",
  usual: "mlp",
};

export default pluginAxis({
  kind: networkKind,
  module: import.meta.url,
  open: async (plugin) => {
    const { openNetwork } = await import("./plugin/guard_network.ts");
    return openNetwork(plugin);
  },
});
