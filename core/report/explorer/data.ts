/**
 * What the page's explorer is given: JSON inside the page.
 *
 * @module
 */

import type { Geometry } from "../../vae/latent/axes.ts";

/** Everything the explorer shows. */
export interface ExplorerData {
  readonly models: readonly ExplorerModel[];
}

/** A prior's decoder, and how to get from levels to its input. */
export interface ExplorerModel {
  /** The trial's name. */
  readonly label: string;
  readonly geometry: Geometry;
  /** The axes, the most active one first. */
  readonly order: readonly number[];
  /** Levels of an axis. */
  readonly levels: number;
  /** `[axes, levels]`. */
  readonly quantiles: PackedArray;
  readonly layers: readonly PackedLayer[];
  readonly height: number;
  readonly width: number;
}

/** A dense layer `[inputs, outputs]`, row by row. */
interface PackedLayer {
  readonly kernel: PackedArray;
  readonly bias: PackedArray;
}

/** Numbers as 16-bit whole numbers times a scale. */
export interface PackedArray {
  readonly scale: number;
  /** Base64 of the whole numbers, two bytes each, the lower one first. */
  readonly data: string;
}
