/**
 * Which latent vectors `explore` decodes.
 *
 * @module
 */

import { fromAxes, toAxes } from "../../latent/axes.ts";
import { pathBetween, type PathSpace } from "../../latent/paths.ts";
import { quantile } from "../../latent/quantiles.ts";

/** A latent space whose axes have an order. */
export interface OrderedSpace extends PathSpace {
  /** The axes, the most active one first. */
  readonly order: readonly number[];
}

/** Images made of uniform draws. */
const SAMPLES = 36;
/** Axes of the traversals, at most. */
export const TRAVERSED = 8;
/** Levels of a traversal, from 2 % to 98 %. */
export const TRAVERSAL_LEVELS: readonly number[] = Array.from(
  { length: 11 },
  (_, i) => Math.round(100 * (0.02 + 0.096 * i)) / 100,
);
/** Pairs of images that paths run between, at most. */
const PAIRS = 5;
/** Images on a path, both ends included. */
const STEPS = 11;
/** Images along a side of the manifold. */
export const SIDE = 20;

/** The vector whose k-th axis in `order` has level `levels[k]`. */
function atLevels(
  { quantiles, order }: OrderedSpace,
  levels: readonly number[],
): Float64Array {
  const axes = new Float64Array(order.length);
  order.forEach((axis, k) =>
    axes[axis] = quantile(quantiles, axis, levels[k]!)
  );
  return fromAxes(quantiles.geometry, axes);
}

/** Vectors of uniform draws: the first ones the same, however many axes there are. */
export function uniformVectors(
  space: OrderedSpace,
  streamOf: (axis: number) => () => number,
): Float64Array[] {
  const streams = space.order.map((_, k) => streamOf(k));
  return Array.from(
    { length: SAMPLES },
    () => atLevels(space, streams.map((draw) => draw())),
  );
}

/** One vector, its most active axes moved over {@link TRAVERSAL_LEVELS}, a row each. */
export function traversalVectors(
  { quantiles, order }: OrderedSpace,
  start: ArrayLike<number>,
): Float64Array[] {
  const rest = toAxes(quantiles.geometry, start);
  return order.slice(0, TRAVERSED).flatMap((axis) =>
    TRAVERSAL_LEVELS.map((level) => {
      const axes = rest.slice();
      axes[axis] = quantile(quantiles, axis, level);
      return fromAxes(quantiles.geometry, axes);
    })
  );
}

/** Paths between the vectors of each pair, a row each. */
export function pathVectors(
  space: OrderedSpace,
  pairs: readonly (readonly [ArrayLike<number>, ArrayLike<number>])[],
): Float64Array[] {
  return pairs.flatMap(([from, to]) => {
    const path = pathBetween(from, to, space);
    return Array.from({ length: STEPS }, (_, i) => path(i / (STEPS - 1)));
  });
}

/** A square of levels over two axes, row by row; the second one falls from row to row. */
export function manifoldVectors(space: OrderedSpace): Float64Array[] {
  const levels = Array.from({ length: SIDE }, (_, i) => (i + 0.5) / SIDE);
  const axes = [0, 1].map((axis) => space.order.indexOf(axis));
  return levels.toReversed().flatMap((second) =>
    levels.map((first) => {
      const ordered = [0, 0];
      ordered[axes[0]!] = first;
      ordered[axes[1]!] = second;
      return atLevels(space, ordered);
    })
  );
}

/**
 * Places of pairs of images with different labels: the first image of each
 * label, two by two in the order in which they come.
 */
export function labelledPairs(
  labels: Uint8Array,
): readonly (readonly [number, number])[] {
  const firsts = [...new Set(labels)].map((label) => labels.indexOf(label));
  if (firsts.length < 2 && labels.length > 1) return [[0, labels.length - 1]];
  return Array.from(
    { length: Math.min(PAIRS, firsts.length >> 1) },
    (_, i) => [firsts[2 * i]!, firsts[2 * i + 1]!],
  );
}
