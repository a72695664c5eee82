/**
 * A network's weights before training.
 *
 * @module
 */

import { uniformStream } from "../../engine/random.ts";
import type { NetworkParameters } from "../plugin/network.ts";
import type { WeightArray, Weights } from "./artifacts.ts";
import { initialValues } from "./initial_values.ts";

/** Whose weights, and from which streams. */
export interface InitialNetwork {
  /** Of the plugin, for errors. */
  readonly name: string;
  readonly seed: number;
  /** Number of the first layer's stream; default 0. */
  readonly firstStream?: number;
}

/**
 * The weights, the same on every engine for the same seed: each layer, which is
 * a folder of paths, draws from a stream of its own.
 *
 * @throws {UserError} naming the network and the parameter, where it gives too
 * many or too few numbers, or one that is not finite.
 */
export function initialNetwork(
  parameters: NetworkParameters,
  { name, seed, firstStream = 0 }: InitialNetwork,
): Weights {
  const streams = new Map<string, () => number>();
  const weights: Record<string, WeightArray> = {};
  for (const [path, parameter] of Object.entries(parameters)) {
    const layer = path.slice(0, path.lastIndexOf("/"));
    const uniform = streams.get(layer) ??
      uniformStream(seed, firstStream + streams.size);
    streams.set(layer, uniform);
    weights[path] = initialValues(parameter, uniform, {
      owner: `network "${name}"`,
      what: `its parameter "${path}"`,
    });
  }
  return weights;
}
