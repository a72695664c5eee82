/**
 * Densities of a one-dimensional latent space, and integrals under them.
 *
 * @module
 */

import type { Tensor1D, Tensor2D } from "../../engine/tf.ts";
import type { Line } from "./line.ts";
import { adaptNodes, cumulate, integrate, type Nodes } from "./quadrature.ts";
import { isPile } from "./piled.ts";
import { quantile } from "./statistics.ts";
import { parabola, tail } from "./tail.ts";
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

/**
 * Integral of exp(log) times `factor` over the whole line; `factor` gets the
 * number of a place. Beyond the ends, where single precision cannot follow, or draws
 * may be held, both are extrapolated: see tail.ts.
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
 * Whether the mass beyond the ends can be told: it is little, or the density
 * falls off exponentially there indeed.
 */
export function isSettled(grid: Grid, log: Float64Array): boolean {
  return (["from", "to"] as const).every((end) => {
    const { edge, step } = edgeOf(grid, end);
    const height = Math.exp(log[edge]!);
    if (!grid.line.tails || height < NOTHING) return true;
    const decay = (log[edge + 1]! - log[edge]!) / step;
    const before = (log[edge + 2]! - log[edge + 1]!) / step;
    if (Number.isNaN(decay + before)) return true;
    // Half the curvature over decay squared is what one more term would add.
    const term = Math.abs(before - decay) / (2 * step * decay ** 2);
    return decay > 0 && height / decay * term < UNSETTLED;
  });
}

/** Mass in doubt, of a density that integrates to 1. */
const UNSETTLED = 3e-4;

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

/**
 * Fall of a logarithm, per unit of the line, from which on its curvature lasts
 * for the whole tail. In a longer one what is left of a chart's own would be
 * taken for a parabola's: it vanishes within a few units.
 */
const FAST = 0.5;

/** The part of an integral that lies beyond an end. */
function beyond(grid: Grid, { log, factor, end }: Beyond): number {
  const { edge, step, further } = edgeOf(grid, end);
  const height = Math.exp(log[edge]!);
  if (!grid.line.tails || height < NOTHING) return 0;
  const inwards = [step, further] as const;
  const at = (values: (place: number) => number) =>
    [values(edge), values(edge + 1), values(edge + 2)] as const;
  const fall = parabola(at((place) => -log[place]!), inwards);
  const factors = at(factor);
  if (fall.slope > FAST && fall.curve > 0) {
    return tail(height, fall, parabola(factors, inwards));
  }
  const decay = (log[edge + 1]! - log[edge]!) / step;
  const slope = (factors[0] - factors[1]) / step;
  return height * (factors[0] / decay + slope / decay ** 2);
}

/** Number of the place at an end, and the step inwards as rounded. */
function edgeOf({ line, nodes, latent }: Grid, end: "from" | "to") {
  const edge = nodes.places.length + (end === "from" ? 0 : 3);
  const place = (i: number) => line.place(latent.values, i * latent.columns);
  const [step = 0, further = 0] = [1, 2]
    .map((i) => Math.abs(place(edge) - place(edge + i)));
  return { edge, step, further };
}

/** A density on the line below which there is nothing worth adding. */
const NOTHING = 1e-12;

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
