/**
 * Places of a one-dimensional latent space that suit a density.
 *
 * @module
 */

import type { Tensor1D, Tensor2D } from "../../engine/tf.ts";
import { logPosteriors } from "./groups.ts";
import type { Instance } from "./instance.ts";
import type { Line } from "./line.ts";
import { isPile } from "./piled.ts";
import { adaptNodes, type Nodes } from "./quadrature.ts";
import { quantile } from "./statistics.ts";
import type { RawRow } from "./subject.ts";
import { type Matrix, toTensor, valuesOf } from "./tensors.ts";

/** Log-densities `[B]` of latents `[B, S]`. */
export type LogDensity = (latent: Tensor2D) => Tensor1D;

/** Places of a line that suit one density, with three at each end last. */
export interface Grid {
  readonly line: Line;
  readonly nodes: Nodes;
  /** Latent vectors of the nodes; of the lower end and two steps up from it; of the upper end and two steps down. */
  readonly latent: Matrix;
}

/** Draws from a one-dimensional latent space, on its line and sorted. */
export function sortedPlaces(line: Line, draws: Matrix): Float64Array {
  return Float64Array.from(
    { length: draws.rows },
    (_, row) => line.place(draws.values, row * draws.columns),
  ).sort();
}

/** A grid for `density`; where `draws` lie, it is not overlooked. */
export function gridFor(
  density: LogDensity,
  { line, draws }: { readonly line: Line; readonly draws: Float64Array },
): Grid {
  const { from, to } = endsFor(line, draws);
  const even = Array.from(
    { length: EVEN_KNOTS },
    (_, i) => from + (to - from) * i / EVEN_KNOTS,
  );
  const dense = Array.from(
    { length: EVEN_KNOTS },
    (_, i) => quantile(draws, (i + 0.5) / EVEN_KNOTS),
  );
  const nodes = adaptNodes(
    (places) => evaluate(density, line, latentsAt(line, places)).map(Math.exp),
    { from, to, knots: [...even, ...dense], tolerance: 1e-7 },
  );
  const step = Math.min(0.5, (to - from) / 100);
  const ends = [0, step, 2 * step].map((far) => [from + far, to - far]);
  const latent = latentsAt(line, [
    ...nodes.places,
    ...ends.map(([low]) => low!),
    ...ends.map(([, high]) => high!),
  ]);
  return { line, nodes, latent };
}

/**
 * The ends of the line, or next to a bound where the draws end: those beyond
 * single precision are held there, and a density gives their mass. Anywhere else
 * a pile is a fault of the sampler, and is left to show.
 */
function endsFor(
  line: Line,
  draws: Float64Array,
): Pick<Line, "from" | "to"> {
  const [first = 0, last = 0] = [draws[0], draws.at(-1)];
  const inside = (place: number) =>
    isPile(draws.filter((draw) => draw === place).length, draws.length)
      ? INSIDE
      : OFF;
  return {
    from: Math.max(
      line.from,
      first < line.trustedFrom ? first + inside(first) : line.trustedFrom,
    ),
    to: Math.min(
      line.to,
      last > line.trustedTo ? last - inside(last) : line.trustedTo,
    ),
  };
}

/** A factor of 60 in the distance from a bound. */
const INSIDE = 4;

/** Off the last draw, which may be held. */
const OFF = 0.5;

/** log density per unit of the line, at the places of a grid. */
export function logOnGrid(density: LogDensity, grid: Grid): Float64Array {
  return evaluate(density, grid.line, grid.latent);
}

/** The same of each posterior. */
export function posteriorsOnGrid(
  instance: Instance,
  rows: readonly RawRow[],
  { line, latent }: Grid,
): readonly Float64Array[] {
  return logPosteriors(instance, rows, latent)
    .map((logs) => onLine(logs, line, latent));
}

const EVEN_KNOTS = 96;

/** log density per unit of the line, where single precision has put the latents. */
function evaluate(
  density: LogDensity,
  line: Line,
  latent: Matrix,
): Float64Array {
  return onLine(valuesOf(() => density(toTensor(latent))), line, latent);
}

function onLine(
  logs: Float32Array,
  line: Line,
  { values, columns }: Matrix,
): Float64Array {
  return Float64Array.from(
    logs,
    (log, i) => log + line.logStretch(line.place(values, i * columns)),
  );
}

function latentsAt(line: Line, places: ArrayLike<number>): Matrix {
  const values = new Float32Array(places.length * line.width);
  for (let i = 0; i < places.length; i++) {
    values.set(line.latent(places[i]!), i * line.width);
  }
  return { values, rows: places.length, columns: line.width };
}
