/**
 * Derivatives of the expectations of test functions along raw head outputs, in
 * three ways, none of which asks the sampler for a gradient.
 *
 * @module
 */

import { movesAlong } from "./differences.ts";
import type { Instance } from "./instance.ts";
import { integralInside } from "./line_density.ts";
import { derivativesOf } from "./moved_weights.ts";
import { type Estimate, estimate } from "./statistics.ts";
import { type PosteriorStudy } from "./studies.ts";
import { drawPosterior } from "./posterior_draws.ts";
import type { RawRow } from "./subject.ts";
import { type Matrix, toTensor, valuesOf } from "./tensors.ts";
import type { TestFunctions } from "./test_functions.ts";

/** Of each test function, along every raw output. */
export type Derivatives = Readonly<
  Record<keyof TestFunctions, readonly Estimate[]>
>;

/** By quadrature, in one dimension. */
export function derivativesByQuadrature(
  { grid, moved }: PosteriorStudy,
  functions: TestFunctions,
): Derivatives {
  return forEach(functions, (compute) => {
    const values = valuesOf(() => compute(toTensor(grid.latent)));
    return moved().map((moves) => ({
      mean: moves.reduce(
        (sum, { log, weight }) =>
          sum + weight * integralInside(grid, log, (i) => values[i]!),
        0,
      ),
      error: 0,
    }));
  });
}

/** By the density at moved parameters, over draws: from the slopes of its ratio there. */
export function derivativesByDensity(
  { draws, slopes, functions }: {
    readonly draws: Matrix;
    readonly slopes: readonly Float64Array[];
    readonly functions: TestFunctions;
  },
): Derivatives {
  return forEach(
    functions,
    (compute) =>
      derivativesOf(valuesOf(() => compute(toTensor(draws))), slopes),
  );
}

/** By draws at moved parameters, of which each has its own: noisy, and asks nothing else. */
export function derivativesByDraws(
  instance: Instance,
  row: RawRow,
  { functions, count, firstStep }: {
    readonly functions: TestFunctions;
    readonly count: number;
    /** Draws begin at this step of their stream. */
    readonly firstStep: number;
  },
): Derivatives {
  const moves = row.map((_, unit) =>
    movesAlong(row, unit, WIDE_STEP).map(({ row, weight }, i, { length }) => ({
      weight,
      draws: drawPosterior(instance, row, {
        count,
        step: firstStep + length * unit + i,
      }),
    }))
  );
  return forEach(functions, (compute) =>
    moves.map((unit) => {
      const means = unit.map(({ draws, weight }) => {
        const { mean, error } = estimate(
          valuesOf(() => compute(toTensor(draws))),
        );
        return { mean: weight * mean, error: weight * error };
      });
      return {
        mean: means.reduce((sum, { mean }) => sum + mean, 0),
        error: Math.hypot(...means.map(({ error }) => error)),
      };
    }));
}

/** Wide enough for the noise, narrow enough for the difference quotient. */
const WIDE_STEP = 0.15;

function forEach(
  { odd, even }: TestFunctions,
  derive: (compute: TestFunctions["odd"]) => readonly Estimate[],
): Derivatives {
  return { odd: derive(odd), even: derive(even) };
}
