/**
 * Densities of a one-dimensional latent space, and integrals under them.
 *
 * @module
 */

import { cumulate, integrate } from "./quadrature.ts";
import { parabola, tail } from "./tail.ts";
import type { Grid } from "./line_grid.ts";

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
