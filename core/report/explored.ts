/**
 * Which trials' latent spaces the report shows.
 *
 * @module
 */

import { axisLetter, type Geometry } from "../vae/latent/axes.ts";
import type { Exploration } from "../vae/latent/exploration.ts";
import type { ReportData } from "./data.ts";
import { plural } from "./format.ts";
import { type Markup, markup } from "./markup.ts";
import { type Series, seriesOf } from "./series.ts";

/** A trial whose latent space has been explored. */
export interface Explored extends Series {
  readonly exploration: Exploration;
}

/** One explored trial of each prior and latent dimension: other seeds look alike. */
export function exploredOf(data: ReportData): readonly Explored[] {
  const first = new Map<string, Explored>();
  for (const series of seriesOf(data)) {
    const { trial, exploration } = series.data;
    if (exploration === null) continue;
    const key = trial.group;
    if (!first.has(key)) first.set(key, { ...series, exploration });
  }
  return [...first.values()];
}

/** Says which trials are not shown, if any. */
export function leftOut(
  data: ReportData,
  shown: readonly Explored[],
): Markup | null {
  const explored = data.trials.filter(({ exploration }) =>
    exploration !== null
  );
  const missing = explored.length - shown.length;
  if (missing === 0) return null;
  return markup` Of several seeds, the first is shown (${
    plural(missing, "trial")
  } left out).`;
}

/** `z7`, an axis as the page calls it. */
export function axisName(geometry: Geometry, axis: number): Markup {
  return markup`<i>${axisLetter(geometry, axis)}</i><sub>${axis + 1}</sub>`;
}

/** What the letters stand for, where they are no coordinates. */
export function axesNote({ quantiles }: Exploration): string | null {
  return {
    interval: null,
    circle: "θ: an angle",
    simplex:
      "v: what a coordinate takes of what those before it have left of 1",
    sphere:
      "t: a coordinate over the radius that those before it have left; θ: the angle of the last two",
  }[quantiles.geometry.kind];
}
