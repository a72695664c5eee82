/**
 * The way from one latent vector to another within their support.
 *
 * @module
 */

import type { Support } from "../plugin/support.ts";
import { fromAxes, toAxes } from "./axes.ts";
import { levelOf, quantile, type Quantiles } from "./quantiles.ts";

/** What a path depends on. */
export interface PathSpace {
  readonly support: Support;
  readonly quantiles: Quantiles;
}

/** How paths run, for people. */
export function pathName(support: Support): string {
  if (support.kind === "sphere") return "great circles";
  if (support.kind === "circle") return "the shorter arcs";
  return isBounded(support) ? "the prior's quantiles" : "straight lines";
}

/**
 * A path from `from` at 0 to `to` at 1: along a straight line on the real line
 * and in the simplex, which is convex; along the great circle on the sphere
 * (Shoemake 1985); along the shorter arc of each circle; and, between bounds,
 * along the quantiles of the prior, coordinate by coordinate.
 */
export function pathBetween(
  from: ArrayLike<number>,
  to: ArrayLike<number>,
  { support, quantiles }: PathSpace,
): (part: number) => Float64Array {
  const { geometry } = quantiles;
  if (support.kind === "sphere") return greatCircle(unit(from), unit(to));
  if (support.kind === "interval" && !isBounded(support)) {
    return straight(from, to);
  }
  if (support.kind === "simplex") return straight(from, to);
  const start = toAxes(geometry, from);
  const end = toAxes(geometry, to);
  if (support.kind === "circle") {
    const arcs = end.map((angle, i) => shorterArc(angle - start[i]!));
    return (part) =>
      fromAxes(geometry, start.map((angle, i) => angle + part * arcs[i]!));
  }
  const levels = start.map((value, i) => levelOf(quantiles, i, value));
  const steps = end.map((value, i) =>
    levelOf(quantiles, i, value) - levels[i]!
  );
  // How far the ends lie beyond what the prior has drawn, most often 0. Adding
  // a share of it leaves no bound: only the end itself is as far out.
  const startBeyond = beyond(quantiles, start);
  const endBeyond = beyond(quantiles, end);
  return (part) =>
    fromAxes(
      geometry,
      levels.map((u, i) =>
        quantile(quantiles, i, u + part * steps[i]!) +
        (1 - part) * startBeyond[i]! + part * endBeyond[i]!
      ),
    );
}

function beyond(quantiles: Quantiles, axes: Float64Array): Float64Array {
  return axes.map((value, i) =>
    value - quantile(quantiles, i, levelOf(quantiles, i, value))
  );
}

function isBounded(support: Support): boolean {
  return support.kind === "interval" &&
    (Number.isFinite(support.lower) || Number.isFinite(support.upper));
}

function straight(from: ArrayLike<number>, to: ArrayLike<number>) {
  return (part: number) =>
    Float64Array.from(from, (value, i) => value + part * (to[i]! - value));
}

function greatCircle(from: Float64Array, to: Float64Array) {
  const cosine = from.reduce((sum, value, i) => sum + value * to[i]!, 0);
  const angle = Math.acos(Math.min(1, Math.max(-1, cosine)));
  const sine = Math.sin(angle);
  // The same point, or opposite ones, between which no way is the shortest.
  if (sine < 1e-6) return (part: number) => part < 0.5 ? from : to;
  return (part: number) => {
    const a = Math.sin((1 - part) * angle) / sine;
    const b = Math.sin(part * angle) / sine;
    return from.map((value, i) => a * value + b * to[i]!);
  };
}

function unit(vector: ArrayLike<number>): Float64Array {
  const values = Float64Array.from(vector);
  const length = Math.hypot(...values);
  return values.map((value) => value / length);
}

function shorterArc(angle: number): number {
  return angle - 2 * Math.PI * Math.round(angle / (2 * Math.PI));
}
