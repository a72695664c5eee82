/**
 * The network that is checked, and what several checks look at.
 *
 * @module
 */

import { createRandom } from "../../../engine/random.ts";
import { deriveSeed } from "../../../engine/seed.ts";
import { messageOf, UserError } from "../../../lib/errors.ts";
import { deepFreeze } from "../../../lib/freeze.ts";
import type { ResolvedNetwork } from "../../plugin/network.ts";
import type { ImageShape } from "../../plugin/network.ts";
import type { SubjectOptions } from "../subject_options.ts";
import { createNetworkInstance, type NetworkInstance } from "./instance.ts";

/** A network under examination. */
export interface NetworkSubject
  extends Pick<ResolvedNetwork, "definition" | "options"> {
  /** URL of the module that it was loaded from, where it is known. */
  readonly url: string | undefined;
  readonly seed: number;
  /** Builds it anew. */
  build(image: ImageShape, sizes: Sizes): NetworkInstance;
  /** The same network each time, for MNIST's images. */
  usual(): NetworkInstance;
}

/** What its decoder is made for. */
interface Sizes {
  readonly latentWidth: number;
  readonly outputs: number;
}

/** MNIST's, which every network takes. */
export const MNIST: ImageShape = { height: 28, width: 28, channels: 1 };

/** Prepares a network to be checked. */
export function createNetworkSubject(
  { definition, options }: Pick<ResolvedNetwork, "definition" | "options">,
  { url, seed = 0 }: SubjectOptions,
): NetworkSubject {
  const build = (image: ImageShape, sizes: Sizes) =>
    createNetworkInstance(definition, {
      options: deepFreeze(options),
      image,
      sizes,
      seed,
    });
  let usual: NetworkInstance | undefined;
  return {
    definition,
    options,
    url,
    seed,
    build,
    usual: () => usual ??= build(MNIST, { latentWidth: 5, outputs: 2 }),
  };
}

/** What the network says where it takes no such images; undefined where it does. */
export function refusalOf(build: () => unknown): string | undefined {
  try {
    build();
    return undefined;
  } catch (error) {
    if (error instanceof UserError) return messageOf(error);
    throw error;
  }
}

/** `28x28x1`. */
export function imageName({ height, width, channels }: ImageShape): string {
  return `${height}x${width}x${channels}`;
}

/** Numbers of checks, the same for the same name. */
export function drawsOf(seed: number, name: string) {
  return createRandom({ seed: deriveSeed(seed, name), step: 0 });
}
