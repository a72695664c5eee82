/**
 * What the `explore` stage gives: pictures of a latent space, as plain data.
 *
 * @module
 */

import type { ImageBatch } from "../model/artifacts.ts";
import type { Support } from "../plugin/support.ts";
import type { DenseLayer } from "./dense_decoder.ts";
import type { Quantiles } from "./quantiles.ts";

/** A latent space, looked at from all sides. */
export interface Exploration {
  readonly support: Support;
  /** Quantiles of the prior along each axis, from its draws. */
  readonly quantiles: Quantiles;
  /**
   * What the images make of each axis, from 0 (nothing) to about 1 (as much as
   * there is): the variance over the images of the level of the posterior mean,
   * over that of a uniform level, 1/12.
   */
  readonly activity: readonly number[];
  /** The axes, the most active one first. */
  readonly order: readonly number[];
  /** How far the axes depend on each other under the prior. */
  readonly dependence: Dependence;
  /**
   * The decoder that everything here was drawn with, where it is one of
   * rectified dense layers, from the latent vector on; else null.
   */
  readonly decoder: readonly DenseLayer[] | null;
  /**
   * Decoder means of points made of uniform draws, the k-th of which is the
   * level of the k-th axis in `order`; the draws are the same for each prior.
   */
  readonly samples: ImageBatch;
  readonly traversals: Traversals;
  readonly interpolations: Interpolations;
  /** A square of quantiles where there are two axes; else null. */
  readonly manifold: Manifold | null;
  readonly marginals: Marginals;
  readonly means: Scatter;
}

/** See {@link Exploration}. */
interface Dependence {
  /** Greatest rank correlation of two axes. */
  readonly correlation: number;
  /** Whether it is more than independent axes would show. */
  readonly dependent: boolean;
}

/** One image whose axes are moved one at a time. */
interface Traversals {
  /** A row for each axis, `[axes.length * levels.length]`. */
  readonly images: ImageBatch;
  readonly axes: readonly number[];
  /** Levels in a row. */
  readonly levels: readonly number[];
}

/** Paths between the posterior means of two images. */
interface Interpolations {
  /** A row for each pair, from its first image to its second. */
  readonly images: ImageBatch;
  readonly pairs: number;
  /** How the paths run, for people. */
  readonly path: string;
}

/** Decoder means over a square of levels; rows are the second axis, its top level first. */
interface Manifold {
  readonly images: ImageBatch;
  /** Images along a side. */
  readonly side: number;
}

/** Where the posteriors of the images lie along each axis, beside the prior. */
export interface Marginals {
  /** Axes that are shown, as in `order`. */
  readonly axes: readonly number[];
  /** Bins of an axis. */
  readonly bins: number;
  /** `[axes, 2]`: where the first bin begins and the last one ends. */
  readonly ranges: Float32Array;
  /** `[axes, bins]`: density of draws of the posteriors, one for each image. */
  readonly posterior: Float32Array;
  /** `[axes, bins]`: density of the prior at the middle of each bin. */
  readonly prior: Float32Array;
  /** Whether `prior` is exact, or the share of draws in each bin. */
  readonly exact: boolean;
}

/** Posterior means in the plane. */
export interface Scatter {
  /** `[N, 2]`. */
  readonly points: Float32Array;
  /** `[N]`. */
  readonly labels: Uint8Array;
  /** Names of the two directions, for people. */
  readonly directions: readonly [string, string];
  /** Share of the variance along each direction; null where it is the latent space itself. */
  readonly explained: readonly [number, number] | null;
}
