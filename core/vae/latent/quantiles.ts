/**
 * Distribution function and quantiles of each axis of a prior, from its draws:
 * any prior has them, whatever it is.
 *
 * @module
 */

import { type Geometry, isAngle } from "./axes.ts";

/** Quantiles of every axis on a grid of levels. */
export interface Quantiles {
  readonly geometry: Geometry;
  /** Levels `L` of an axis; level `k` is `(k + 1/2) / L`. */
  readonly levels: number;
  /** `[axes, L]`, increasing along each axis; angles may leave (-π, π]. */
  readonly values: Float32Array;
}

/** Levels kept of an axis: 0.2 % to 99.8 %. */
const LEVELS = 256;
const TURN = 2 * Math.PI;

/**
 * The quantiles of draws `[N][axes]`. An angle starts opposite the draws' mean
 * direction, so that its median is where most of them are.
 */
export function quantilesOf(
  geometry: Geometry,
  draws: readonly Float64Array[],
): Quantiles {
  const axes = draws[0]?.length ?? 0;
  const values = new Float32Array(axes * LEVELS);
  for (let axis = 0; axis < axes; axis++) {
    const column = Float64Array.from(draws, (draw) => draw[axis]!);
    const line = isAngle(geometry, axis) ? unrolled(column) : column;
    line.sort();
    for (let k = 0; k < LEVELS; k++) {
      const place = (k + 0.5) / LEVELS * line.length - 0.5;
      values[axis * LEVELS + k] = between(line, place);
    }
  }
  return { geometry, levels: LEVELS, values };
}

/** The value of an axis at level `u`; beyond the outermost levels theirs. */
export function quantile(
  { levels, values }: Quantiles,
  axis: number,
  u: number,
): number {
  const row = values.subarray(axis * levels, (axis + 1) * levels);
  return between(row, u * levels - 0.5);
}

/** The level of a value of an axis, within the outermost ones. */
export function levelOf(
  { geometry, levels, values }: Quantiles,
  axis: number,
  value: number,
): number {
  const row = values.subarray(axis * levels, (axis + 1) * levels);
  const wanted = isAngle(geometry, axis) ? inTurn(row, value) : value;
  let low = 0;
  let high = levels - 1;
  if (wanted <= row[low]!) return 0.5 / levels;
  if (wanted >= row[high]!) return 1 - 0.5 / levels;
  while (high - low > 1) {
    const middle = (low + high) >> 1;
    if (row[middle]! <= wanted) low = middle;
    else high = middle;
  }
  const step = row[high]! - row[low]!;
  return (low + (wanted - row[low]!) / step + 0.5) / levels;
}

/**
 * A value of an axis where its quantiles are: an angle in the turn around their
 * median, any other value as it is.
 */
export function amongQuantiles(
  { geometry, levels, values }: Quantiles,
  axis: number,
  value: number,
): number {
  if (!isAngle(geometry, axis)) return value;
  return inTurn(values.subarray(axis * levels, (axis + 1) * levels), value);
}

function inTurn(row: Float32Array, angle: number): number {
  const middle = row[row.length >> 1]!;
  return angle + TURN * Math.round((middle - angle) / TURN);
}

/** Angles as numbers of one turn that starts opposite their mean direction. */
function unrolled(angles: Float64Array): Float64Array {
  let x = 0;
  let y = 0;
  for (const angle of angles) {
    x += Math.cos(angle);
    y += Math.sin(angle);
  }
  const mean = Math.atan2(y, x);
  return angles.map((angle) =>
    angle + TURN * Math.round((mean - angle) / TURN)
  );
}

/** The value at a place between two of an array; at its ends theirs. */
function between(values: ArrayLike<number>, place: number): number {
  const low = Math.min(values.length - 1, Math.max(0, Math.floor(place)));
  const high = Math.min(values.length - 1, low + 1);
  const part = Math.min(1, Math.max(0, place - low));
  return values[low]! + part * (values[high]! - values[low]!);
}
