/**
 * From an exploration to what the page is given, and how far off that is.
 *
 * @module
 */

import type { Exploration } from "../../vae/latent/exploration.ts";
import { fromAxes } from "../../vae/latent/axes.ts";
import { quantile } from "../../vae/latent/quantiles.ts";
import type { ExplorerModel } from "./data.ts";
import {
  decodeVector,
  type DenseLayer,
} from "../../vae/latent/dense_decoder.ts";
import { unpackModel } from "./explored_model.ts";
import { pack } from "./packed.ts";

/** An exploration whose decoder the page can compute. */
export type DenseExploration = Exploration & {
  readonly decoder: readonly DenseLayer[];
};

/** Packs what the explorer needs of a trial. */
export function packModel(
  label: string,
  exploration: DenseExploration,
): ExplorerModel {
  const { quantiles, order, decoder, samples } = exploration;
  return {
    label,
    geometry: quantiles.geometry,
    order,
    levels: quantiles.levels,
    quantiles: pack(quantiles.values),
    layers: decoder.map(({ kernel, bias }) => ({
      kernel: pack(kernel),
      bias: pack(bias),
    })),
    height: samples.height,
    width: samples.width,
  };
}

/** Bytes that a trial takes in the page, about. */
export function packedSize({ decoder, quantiles }: DenseExploration): number {
  const numbers = decoder.reduce(
    (sum, { kernel, bias }) => sum + kernel.length + bias.length,
    quantiles.values.length,
  );
  return numbers * 2 * 4 / 3;
}

/** Levels that packed and exact images are compared at. */
const PROBES = [0.1, 0.3, 0.5, 0.7, 0.9];

/** The greatest difference of a pixel that packing makes, over a few images. */
export function packingError(
  model: ExplorerModel,
  { quantiles, decoder, order }: DenseExploration,
): number {
  const packed = unpackModel(model);
  let greatest = 0;
  PROBES.forEach((_, probe) => {
    // Other levels from axis to axis, so that many weights take part.
    const levels = order.map((_, rank) =>
      PROBES[(rank * (probe + 1) + probe) % PROBES.length]!
    );
    const axes = new Float64Array(order.length);
    order.forEach((axis, rank) =>
      axes[axis] = quantile(quantiles, axis, levels[rank]!)
    );
    const exact = decodeVector(decoder, fromAxes(quantiles.geometry, axes));
    const shown = packed.imageAt(levels);
    exact.forEach((value, i) => {
      greatest = Math.max(greatest, Math.abs(value - shown[i]!));
    });
  });
  return greatest;
}
