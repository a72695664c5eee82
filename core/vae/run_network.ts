/**
 * A network with the options of a run, ready to be built by a stage.
 *
 * @module
 */

import type { ResolvedNetwork } from "./config.ts";
import { guardNetwork } from "./plugin/guard_network.ts";
import type { ImageShape, Network } from "./plugin/network.ts";

/** The network of a run. */
export interface RunNetwork extends ResolvedNetwork {
  /**
   * Builds it for images of a shape.
   *
   * @throws {UserError} naming the network, where what it gives is none.
   */
  build(image: ImageShape): Network;
}

/** The network as a stage gets it: held to its contract. */
export function runNetwork(plugin: ResolvedNetwork): RunNetwork {
  const { definition, options } = plugin;
  return {
    ...plugin,
    build: (image) =>
      guardNetwork(definition.create(options, image), {
        name: definition.name,
        image,
      }),
  };
}
