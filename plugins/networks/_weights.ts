/** A layer's parameters among a network's. @module */

import type { NetworkWeights, Tensor } from "vae-priors";

/** A linear layer. */
export interface Layer {
  readonly kernel: Tensor;
  readonly bias: Tensor;
}

/** The layer at a path. */
export function layerAt(weights: NetworkWeights, path: string): Layer {
  return { kernel: weights[`${path}/kernel`]!, bias: weights[`${path}/bias`]! };
}
