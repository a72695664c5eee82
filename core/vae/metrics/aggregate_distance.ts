/**
 * How far the aggregate posterior, the mean of q(z|x) over the images, is from
 * the prior: latents that the prior never draws, or draws and no image has.
 *
 * @module
 */

import type { Estimate } from "../model/artifacts.ts";
import { estimate } from "../model/estimate.ts";
import { type Points, slicePoints } from "./points.ts";
import { randomDirections, slicedWasserstein } from "./sliced_wasserstein.ts";

/** The distance, and what it would be if there were none. */
export interface AggregateDistance {
  /** Sliced Wasserstein distance of posterior draws from prior draws. */
  readonly distance: Estimate;
  /** The same of prior draws from other prior draws: the least it can be. */
  readonly floor: Estimate;
  /** Draws on either side of a comparison. */
  readonly draws: number;
  /** Independent comparisons, which the standard errors are from. */
  readonly groups: number;
}

/** Options of {@link aggregateDistance}. */
export interface AggregateDistanceOptions {
  readonly groups: number;
  /** Directions of each comparison. */
  readonly directions: number;
  /** Stream of the directions. */
  readonly uniform: () => number;
}

/**
 * Compares draws z ~ q(z|x), one for each image, with draws of the prior, in
 * units of the prior's standard deviation in each coordinate (as the draws have
 * it; a coordinate that never changes keeps its unit). Both are cut into groups
 * that are compared each by themselves, with directions of their own.
 *
 * @param posterior `[N, S]`
 * @param prior `[2 N, S]`
 */
export function aggregateDistance(
  posterior: Points,
  prior: Points,
  { groups, directions, uniform }: AggregateDistanceOptions,
): AggregateDistance {
  const scales = deviations(prior);
  const [q, p] = [scaled(posterior, scales), scaled(prior, scales)];
  const draws = Math.floor(q.count / groups);
  const distances: number[] = [];
  const floors: number[] = [];
  for (let group = 0; group < groups; group++) {
    const along = randomDirections(directions, { width: q.width, uniform });
    const part = (points: Points, offset: number) =>
      slicePoints(
        points,
        offset + group * draws,
        offset + (group + 1) * draws,
      );
    const other = part(p, 0);
    distances.push(slicedWasserstein(part(q, 0), other, along));
    floors.push(slicedWasserstein(part(p, q.count), other, along));
  }
  return {
    distance: estimate(distances),
    floor: estimate(floors),
    draws,
    groups,
  };
}

function deviations({ count, width, data }: Points): Float64Array {
  return Float64Array.from({ length: width }, (_, k) => {
    const column = Float64Array.from(
      { length: count },
      (_, i) => data[i * width + k]!,
    );
    return estimate(column).standardError * Math.sqrt(count);
  });
}

function scaled({ count, width, data }: Points, by: Float64Array): Points {
  const values = Float32Array.from(
    data,
    (value, place) => value / (by[place % width]! || 1),
  );
  return { count, width, data: values };
}
