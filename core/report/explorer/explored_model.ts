/**
 * An explorer's model, unpacked: from levels to pixels. Runs in the page.
 *
 * @module
 */

import { axisLetter, fromAxes } from "../../vae/latent/axes.ts";
import { quantile, type Quantiles } from "../../vae/latent/quantiles.ts";
import type { ExplorerModel } from "./data.ts";
import {
  decodeVector,
  type DenseLayer,
} from "../../vae/latent/dense_decoder.ts";
import { unpack } from "./packed.ts";

/** A model that can be asked for images. */
export interface ExploredModel {
  readonly label: string;
  /** Number of axes. */
  readonly axes: number;
  /** Which axis is the `rank`-th most active one, and its value at a level. */
  valueAt(
    rank: number,
    level: number,
  ): { letter: string; axis: number; value: number };
  /**
   * The pixel means at some levels, by rank; axes beyond those given are at
   * their median. Returns `[height * width]`, of colours `[height * width * 3]`, in [0, 1].
   */
  imageAt(levels: ArrayLike<number>): Float32Array;
}

/** Unpacks a model. */
export function unpackModel(packed: ExplorerModel): ExploredModel {
  const { geometry, order, levels, label } = packed;
  const values = unpack(packed.quantiles);
  const quantiles: Quantiles = { geometry, levels, values };
  const layers = packed.layers.map(({ kernel, bias }): DenseLayer => ({
    kernel: unpack(kernel),
    bias: unpack(bias),
  }));
  return {
    label,
    axes: order.length,
    valueAt(rank, level) {
      const axis = order[rank]!;
      return {
        letter: axisLetter(geometry, axis),
        axis,
        value: quantile(quantiles, axis, level),
      };
    },
    imageAt(given) {
      const axes = new Float64Array(order.length);
      order.forEach((axis, rank) => {
        axes[axis] = quantile(quantiles, axis, given[rank] ?? 0.5);
      });
      return decodeVector(layers, fromAxes(geometry, axes));
    },
  };
}
