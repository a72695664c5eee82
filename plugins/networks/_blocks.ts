/** Residual blocks of two convolutions. @module */

import {
  convolutionParameters,
  type NetworkParameters,
  type Tensor4D,
  tf,
} from "vae-priors";
import { activate, type ActivationName } from "./_activation.ts";
import { convolve, type LayerPlace } from "./_convolution.ts";

/** Blocks of one level. */
export interface Blocks extends LayerPlace {
  readonly blocks: number;
  readonly activation: ActivationName;
}

/** Parameters `<path>/<block>_0/kernel` and so on of blocks of 3x3 convolutions. */
export function blockParameters(
  path: string,
  width: number,
  blocks: number,
): NetworkParameters {
  return Object.assign(
    {},
    ...blockPaths(path, blocks).flat().map((layer) =>
      convolutionParameters(layer, { size: 3, inputs: width, outputs: width })
    ),
  );
}

/**
 * x plus two convolutions of it, each after the activation, block after block:
 * the order of He et al. 2016, "Identity mappings in deep residual networks",
 * figure 4 (e), without normalisation. `[B, H, W, C]` to the same.
 */
export function applyBlocks(
  input: Tensor4D,
  { weights, path, blocks, activation }: Blocks,
): Tensor4D {
  let x = input;
  for (const layers of blockPaths(path, blocks)) {
    let y = x;
    for (const path of layers) {
      y = convolve(activate(y, activation), { weights, path });
    }
    x = tf.add(x, y);
  }
  return x;
}

function blockPaths(path: string, blocks: number): readonly string[][] {
  return Array.from(
    { length: blocks },
    (_, block) => [`${path}/${block}_0`, `${path}/${block}_1`],
  );
}
