/**
 * Posterior means in the plane.
 *
 * @module
 */

import { type Geometry, toAxes } from "../../latent/axes.ts";
import type { Scatter } from "../../latent/exploration.ts";
import { principalPlane } from "../../latent/principal.ts";

/** Points, at most: more hide each other. */
const POINTS = 1500;

/**
 * Puts posterior means `[N, S]` in the plane: as they are where they have two
 * coordinates, or two angles; else by their principal components.
 */
export function scatter(
  means: Float32Array,
  { geometry, labels: all }: {
    readonly geometry: Geometry;
    readonly labels: Uint8Array;
  },
): Scatter {
  const { kind, width } = geometry;
  const count = Math.min(POINTS, means.length / width);
  const labels = all.slice(0, count);
  const rows = Array.from(
    { length: count },
    (_, i) => means.subarray(i * width, (i + 1) * width),
  );
  if (kind === "circle" && width === 4) {
    return {
      points: Float32Array.from(rows.flatMap((row) => [
        ...toAxes(geometry, row),
      ])),
      labels,
      directions: ["θ₁", "θ₂"],
      explained: null,
    };
  }
  if (width > 2) {
    return {
      ...principalPlane(means.slice(0, count * width), width),
      labels,
      directions: ["First component", "Second component"],
    };
  }
  return {
    points: Float32Array.from(rows.flatMap((row) => [row[0]!, row[1] ?? 0])),
    labels,
    directions: width === 2 ? ["z₁", "z₂"] : ["z₁", ""],
    explained: null,
  };
}
