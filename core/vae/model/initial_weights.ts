/**
 * Weights before training: kernels and biases uniform on +-1/sqrt(inputs), the
 * default of PyTorch's linear layer, so that results compare.
 *
 * @module
 */

import { uniformStream } from "../../engine/random.ts";
import type { WeightArray, Weights } from "./artifacts.ts";

/** A dense layer to be made. */
export interface LayerSize {
  /** Path of its weights: `encoder/0`. */
  readonly path: string;
  readonly inputs: number;
  readonly outputs: number;
}

/** Initial weights of `layers`, the same on every engine for the same seed. */
export function initialWeights(
  layers: readonly LayerSize[],
  seed: number,
): Weights {
  const weights: Record<string, WeightArray> = {};
  layers.forEach(({ path, inputs, outputs }, index) => {
    const uniform = uniformStream(seed, index);
    const limit = 1 / Math.sqrt(inputs);
    const draw = (length: number) =>
      Float32Array.from({ length }, () => (2 * uniform() - 1) * limit);
    weights[`${path}/kernel`] = {
      shape: [inputs, outputs],
      data: draw(inputs * outputs),
    };
    weights[`${path}/bias`] = { shape: [outputs], data: draw(outputs) };
  });
  return weights;
}

/** Layers of an MLP with the given widths, as `name/0`, `name/1` ... */
export function stackedLayers(
  name: string,
  inputs: number,
  widths: readonly number[],
): LayerSize[] {
  return widths.map((outputs, i) => ({
    path: `${name}/${i}`,
    inputs: i === 0 ? inputs : widths[i - 1]!,
    outputs,
  }));
}
