/** Weights for PyTorch, JAX and NumPy. @module */

import { encodeSafetensors } from "../store/safetensors.ts";
import type { Format } from "./format.ts";

/**
 * `weights.safetensors`: arrays by their plain names, `encoder/0/kernel`.
 * Kernels are `[inputs, outputs]`.
 */
export const safetensors: Format = {
  name: "safetensors",
  description: "weights by plain names as weights.safetensors",
  engine: "none",
  hasWeights: true,
  files: ({ weights }) =>
    Promise.resolve([{
      path: "weights.safetensors",
      data: encodeSafetensors(new Map(Object.entries(weights))),
    }]),
};
