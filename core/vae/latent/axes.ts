/**
 * Axes: numbers that run over a support freely, each by itself, and so can be
 * put on a slider. A latent vector is a function of its axes, and back.
 *
 * What they are depends on the support alone: the coordinates of an interval;
 * the angles of circles; on the simplex what each coordinate breaks off of the
 * stick that those before it leave (Sethuraman 1994, section 3); on the sphere
 * each coordinate over the radius that those before it leave, and an angle for
 * the last two. Where a law is symmetric as these supports suggest (Dirichlet,
 * uniform on the sphere, von Mises-Fisher around the first coordinate), its axes
 * are independent.
 *
 * Plain numbers, no tensors: the report's page runs this, too.
 *
 * @module
 */

import type { Support } from "../plugin/support.ts";

/** A support with the width `S` of its vectors. */
export interface Geometry {
  readonly kind: Support["kind"];
  readonly width: number;
}

/** Number of axes: `S`, or fewer where the support ties coordinates together. */
export function axisCount({ kind, width }: Geometry): number {
  if (kind === "circle") return width / 2;
  return kind === "interval" ? width : width - 1;
}

/** Whether an axis is an angle in radians, so that its ends meet. */
export function isAngle(geometry: Geometry, axis: number): boolean {
  if (geometry.kind === "circle") return true;
  return geometry.kind === "sphere" && axis === geometry.width - 2;
}

/**
 * The letter for an axis: `z` is a coordinate, `θ` an angle in radians, `v` a
 * share of the stick, `t` a coordinate over the radius that is left.
 */
export function axisLetter(
  geometry: Geometry,
  axis: number,
): "z" | "θ" | "v" | "t" {
  if (isAngle(geometry, axis)) return "θ";
  if (geometry.kind === "interval") return "z";
  return geometry.kind === "simplex" ? "v" : "t";
}

/**
 * The axes of one latent vector `[S]`. A vector beside the support (the mean of
 * a posterior on the sphere may be shorter than 1) counts as the one in its
 * direction. Angles are in (-π, π].
 */
export function toAxes(
  geometry: Geometry,
  latent: ArrayLike<number>,
): Float64Array {
  const axes = new Float64Array(axisCount(geometry));
  if (geometry.kind === "interval") axes.set(latent);
  if (geometry.kind === "circle") {
    for (let i = 0; i < axes.length; i++) {
      axes[i] = Math.atan2(latent[2 * i + 1]!, latent[2 * i]!);
    }
  }
  if (geometry.kind === "simplex") breakStick(latent, axes);
  if (geometry.kind === "sphere") shrinkRadius(latent, axes);
  return axes;
}

/** The latent vector `[S]` that has these axes. */
export function fromAxes(
  { kind, width }: Geometry,
  axes: ArrayLike<number>,
): Float64Array {
  const latent = new Float64Array(width);
  if (kind === "interval") latent.set(axes);
  if (kind === "circle") {
    for (let i = 0; i < width / 2; i++) {
      latent[2 * i] = Math.cos(axes[i]!);
      latent[2 * i + 1] = Math.sin(axes[i]!);
    }
  }
  if (kind === "simplex") {
    let left = 1;
    for (let i = 0; i < width - 1; i++) {
      latent[i] = left * axes[i]!;
      left -= latent[i]!;
    }
    latent[width - 1] = left;
  }
  if (kind === "sphere") {
    let radius = 1;
    for (let i = 0; i < width - 2; i++) {
      latent[i] = radius * axes[i]!;
      radius *= Math.sqrt(Math.max(0, 1 - axes[i]! ** 2));
    }
    latent[width - 2] = radius * Math.cos(axes[width - 2]!);
    latent[width - 1] = radius * Math.sin(axes[width - 2]!);
  }
  return latent;
}

/** Where nothing is left of the stick, a half: no share is more right than another. */
function breakStick(latent: ArrayLike<number>, axes: Float64Array): void {
  let left = 0;
  for (let i = 0; i < latent.length; i++) left += latent[i]!;
  for (let i = 0; i < axes.length; i++) {
    axes[i] = left > 0 ? Math.min(1, Math.max(0, latent[i]! / left)) : 0.5;
    left -= latent[i]!;
  }
}

function shrinkRadius(latent: ArrayLike<number>, axes: Float64Array): void {
  // From the end on: differences of squares would lose a small radius.
  const last = latent.length - 1;
  axes[last - 1] = Math.atan2(latent[last]!, latent[last - 1]!);
  let radius = Math.hypot(latent[last]!, latent[last - 1]!);
  for (let i = last - 2; i >= 0; i--) {
    radius = Math.hypot(radius, latent[i]!);
    axes[i] = radius > 0 ? latent[i]! / radius : 0;
  }
}
