/**
 * What several checks need to know of a posterior or of the prior: draws, and
 * in one dimension the density on a grid.
 *
 * @module
 */

import type { Comparison } from "./check.ts";
import { movesAlong } from "./differences.ts";
import type { Instance } from "./instance.ts";
import { type Line, lineOf } from "./line.ts";
import { distributionOnGrid, isSettled } from "./line_density.ts";
import {
  type Grid,
  gridFor,
  type LogDensity,
  logOnGrid,
  posteriorsOnGrid,
  sortedPlaces,
} from "./line_grid.ts";
import { drawPosterior } from "./posterior_draws.ts";
import { countUpTo, LARGEST_DISTANCE } from "./statistics.ts";
import {
  describeRow,
  type RawRow,
  type Subject,
  variedRows,
} from "./subject.ts";
import { type Matrix, matrixOf } from "./tensors.ts";

/** Draws of each one-dimensional posterior. */
const LINE_DRAWS = 50_000;

/** A one-dimensional density with draws that should be its. */
export interface LineStudy {
  /** `posterior at raw mean=0, scale=1`, or `prior`. */
  readonly title: string;
  readonly draws: Matrix;
  /** The draws on the line, sorted. */
  readonly places: Float64Array;
  readonly grid: Grid;
  /** log density on the grid. */
  readonly log: Float64Array;
}

/** The study of a posterior. */
export interface PosteriorStudy extends LineStudy {
  readonly row: RawRow;
  /** log q on the grid at the moves along each raw output; found once. */
  moved(): readonly (readonly MovedLog[])[];
  /** log p on the grid. */
  readonly logPrior: Float64Array;
}

/** A density on the grid at a moved raw output, and how much it counts in the derivative. */
interface MovedLog {
  readonly log: Float64Array;
  readonly weight: number;
}

/** A prior in one dimension, with its line and densities. */
export interface LineSubject {
  readonly instance: Instance;
  readonly line: Line;
  readonly posteriors: readonly PosteriorStudy[];
  readonly prior: LineStudy;
}

/** Everything on the line; in words, where the prior has none. */
export function studyLine(subject: Subject): LineSubject | string {
  return subject.once("line", () => {
    const instance = subject.instance(1);
    if (instance === undefined) {
      return `it refuses one dimension: ${subject.refusal(1)}`;
    }
    if (instance.densities === undefined) return NO_DENSITIES;
    const line = lineOf(instance.prior.support, instance.width);
    if (line === undefined) {
      return `in one latent dimension its vectors have ${instance.width} numbers, which is no line`;
    }
    return {
      instance,
      line,
      posteriors: variedRows(instance, subject.seed)
        .map((row, i) => studyPosterior(instance, { line, row, step: i })),
      prior: studyPrior(instance, line),
    };
  });
}

/** Why nothing that needs densities can be checked. */
export const NO_DENSITIES =
  "it has no densities, so this cannot be checked, and its report will have no NLL";

/** Those whose mass beyond single precision can be told. */
export function settledStudies<Study extends LineStudy>(
  studies: readonly Study[],
): Study[] {
  return studies.filter(({ grid, log }) => isSettled(grid, log));
}

/** Distance of the draws' distribution function from the density's, at the ends of all panels. */
export function compareDistribution(
  { title, places, grid, log }: LineStudy,
): Comparison {
  const { ends } = grid.nodes;
  const wanted = distributionOnGrid(grid, log);
  let distance = 0;
  ends.forEach((end, i) => {
    const share = countUpTo(places, end) / places.length;
    distance = Math.max(distance, Math.abs(share - wanted[i]!));
  });
  return {
    what: `the distance of the distribution function of the ${title}`,
    found: distance,
    wanted: 0,
    allowed: LARGEST_DISTANCE / Math.sqrt(places.length) + ROUNDING,
  };
}

/** Of the quadrature, with densities in single precision. */
const ROUNDING = 1e-3;

interface PosteriorOptions {
  readonly line: Line;
  readonly row: RawRow;
  readonly step: number;
}

function studyPosterior(
  instance: Instance,
  { line, row, step }: PosteriorOptions,
): PosteriorStudy {
  const densities = instance.densities!;
  const count = instance.draws(LINE_DRAWS);
  const draws = drawPosterior(instance, row, { count, step });
  const density = (row: RawRow): LogDensity => (latent) =>
    densities.posteriorAt(row, latent);
  const places = sortedPlaces(line, draws);
  const grid = gridFor(density(row), { line, draws: places });
  let moved: readonly (readonly MovedLog[])[] | undefined;
  return {
    title: `posterior at ${describeRow(instance, row)}`,
    row,
    draws,
    places,
    grid,
    log: logOnGrid(density(row), grid),
    // Two checks ask for it.
    moved: () => moved ??= movedLogs(instance, row, grid),
    logPrior: logOnGrid((latent) => densities.prior(latent), grid),
  };
}

function movedLogs(
  instance: Instance,
  row: RawRow,
  grid: Grid,
): readonly (readonly MovedLog[])[] {
  const moves = row.map((_, unit) => movesAlong(row, unit, STEP));
  const rows = moves.flat().map((move) => move.row);
  const logs = posteriorsOnGrid(instance, rows, grid).values();
  return moves.map((unit) =>
    unit.map(({ weight }) => ({ weight, log: logs.next().value! }))
  );
}

const STEP = 0.02;

function studyPrior(instance: Instance, line: Line): LineStudy {
  const density: LogDensity = (latent) => instance.densities!.prior(latent);
  const draws = matrixOf(() =>
    instance.priorSample(instance.draws(LINE_DRAWS), instance.random("prior"))
  );
  const places = sortedPlaces(line, draws);
  const grid = gridFor(density, { line, draws: places });
  return {
    title: "prior",
    draws,
    places,
    grid,
    log: logOnGrid(density, grid),
  };
}
