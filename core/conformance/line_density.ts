/**
 * Densities of a one-dimensional latent space, and integrals under them.
 *
 * @module
 */

import type { Tensor1D, Tensor2D } from "../engine/tf.ts";
import type { Line } from "./line.ts";
import { adaptNodes, cumulate, integrate, type Nodes } from "./quadrature.ts";
import { quantile } from "./statistics.ts";
import { type Matrix, toTensor, valuesOf } from "./tensors.ts";

/** Log-densities `[B]` of latents `[B, S]`. */
export type LogDensity = (latent: Tensor2D) => Tensor1D;

/** Places of a line that suit one density, with the ends of the line last. */
export interface Grid {
  readonly line: Line;
  readonly nodes: Nodes;
  /** Latent vectors of the nodes and of the ends. */
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
  const { from, to } = line;
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
  const ends = [from, from + step, to, to - step];
  const latent = latentsAt(line, [...nodes.places, ...ends]);
  return { line, nodes, latent };
}

/** log density per unit of the line, at the places of a grid. */
export function logOnGrid(density: LogDensity, grid: Grid): Float64Array {
  return evaluate(density, grid.line, grid.latent);
}

/**
 * Integral of exp(log) times `factor` over the whole line; `factor` gets the
 * number of a place. Beyond the ends, where single precision cannot follow, the
 * density is taken for exponential and the factor for linear, which is what
 * powers and logarithms of a distance are on the line.
 */
export function integralOnGrid(
  grid: Grid,
  log: Float64Array,
  factor: (place: number) => number = () => 1,
): number {
  return integralInside(grid, log, factor) +
    beyond(grid, { log, factor, end: "from" }) +
    beyond(grid, { log, factor, end: "to" });
}

/** The same without what lies beyond the ends, for a factor that is 0 there. */
export function integralInside(
  { nodes }: Grid,
  log: Float64Array,
  factor: (place: number) => number,
): number {
  return integrate(nodes, (node) => {
    const height = Math.exp(log[node]!);
    return height === 0 ? 0 : height * factor(node);
  });
}

/**
 * Whether the mass beyond the ends can be told: where the density hardly falls
 * towards an end, any share may lie beyond.
 */
export function isSettled(grid: Grid, log: Float64Array): boolean {
  return (["from", "to"] as const).every((end) => {
    const { edge, inner, step } = edgeOf(grid, end);
    const isFlat = log[inner]! - log[edge]! <= LEAST_DECAY * step;
    return !grid.line.tails || Math.exp(log[edge]!) < NOTHING || !isFlat;
  });
}

/** The mass beyond the ends. */
export function unseenMass(grid: Grid, log: Float64Array): number {
  const one = () => 1;
  return integralOnGrid(grid, log, one) - integralInside(grid, log, one);
}

/** Distribution function at the ends of the grid's panels. */
export function distributionOnGrid(
  grid: Grid,
  log: Float64Array,
): Float64Array {
  const below = beyond(grid, { log, factor: () => 1, end: "from" });
  return cumulate(grid.nodes, (node) => Math.exp(log[node]!))
    .map((sum) => below + sum);
}

interface Beyond {
  readonly log: Float64Array;
  readonly factor: (place: number) => number;
  readonly end: "from" | "to";
}

/** The part of an integral that lies beyond an end. */
function beyond(grid: Grid, { log, factor, end }: Beyond): number {
  const { edge, inner, step } = edgeOf(grid, end);
  const height = Math.exp(log[edge]!);
  if (!grid.line.tails || height < NOTHING) return 0;
  const decay = (log[inner]! - log[edge]!) / step;
  const slope = (factor(edge) - factor(inner)) / step;
  return height * (factor(edge) / decay + slope / decay ** 2);
}

/** Numbers of the places at an end and a step before it, and the step as rounded. */
function edgeOf({ line, nodes, latent }: Grid, end: "from" | "to") {
  const edge = nodes.places.length + (end === "from" ? 0 : 2);
  const place = (i: number) => line.place(latent.values, i * latent.columns);
  const step = Math.abs(place(edge) - place(edge + 1));
  return { edge, inner: edge + 1, step };
}

/** A density on the line below which there is nothing worth adding. */
const NOTHING = 1e-12;

/** A density that falls more slowly may have any mass beyond the end. */
const LEAST_DECAY = 0.02;
const EVEN_KNOTS = 96;

/** log density per unit of the line, where single precision has put the latents. */
function evaluate(
  density: LogDensity,
  line: Line,
  latent: Matrix,
): Float64Array {
  const { values, columns } = latent;
  return Float64Array.from(
    valuesOf(() => density(toTensor(latent))),
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
