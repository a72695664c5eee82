/** The check `sample-gradient`: gradients that flow through draws are right. @module */

import {
  type Check,
  compareAll,
  type Comparison,
  type Finding,
} from "../check.ts";
import { movesAlong } from "../differences.ts";
import type { Instance } from "../instance.ts";
import { integralInside } from "../line_density.ts";
import { derivativesOf, ratioSlopes } from "../moved_weights.ts";
import { isPiled } from "../piled.ts";
import {
  columnEstimates,
  type Estimate,
  estimate,
  SIGMAS,
} from "../statistics.ts";
import { drawPosterior, type LineSubject, studyLine } from "../studies.ts";
import {
  describeRow,
  jointInstance,
  mildRows,
  type RawRow,
  type Subject,
  unitName,
  variedRows,
} from "../subject.ts";
import { gradientOf, repeatRow, toTensor, valuesOf } from "../tensors.ts";
import { type TestFunctions, testFunctions } from "../test_functions.ts";

const LINE_DRAWS = 30_000;
const JOINT_DRAWS = 20_000;
/** Of all posteriors, so many in several dimensions. */
const JOINT_ROWS = 3;
const FREE_DRAWS = 100_000;
/** Step of differences: by quadrature, and between independent draws. */
const STEP = 0.02;
const FREE_STEP = 0.15;
/** Of quadrature and difference quotients, for gradients of functions up to 1. */
const ROUNDING = 2e-3;
const FREE_ROUNDING = 1e-2;

/**
 * Pathwise gradients of E[z] and E[z^2], both squashed, are the derivatives of
 * these expectations: by quadrature in one dimension, by the score function in
 * several, between independent draws where there are no densities.
 */
export const sampleGradient: Check = {
  name: "sample-gradient",
  title: "Gradient of the sampler",
  run(subject) {
    const instance = jointInstance(subject);
    if (instance.densities === undefined) {
      const found = report(freeComparisons(subject, instance));
      return {
        ...found,
        found:
          `${found.found}; by draws alone, less sharp for want of densities`,
      };
    }
    const line = studyLine(subject);
    return report([
      ...(typeof line === "string" ? [] : lineComparisons(line)),
      ...jointComparisons(subject, instance),
    ]);
  },
};

function report(comparisons: readonly Comparison[]): Finding {
  return compareAll(comparisons, {
    title: "pathwise gradients against derivatives of expectations",
    hint:
      "0 where it should not be: a detached parameter (rounding, comparison, dataSync, a new tensor of old values); else a transform whose gradient is not that of its distribution: use random.gamma and random.logGamma for gamma draws, and multiply by a scale outside of them",
    otherwise: "there is nothing to compare",
  });
}

const KINDS = ["odd", "even"] as const;
type Kind = typeof KINDS[number];

function lineComparisons({ instance, posteriors }: LineSubject): Comparison[] {
  return posteriors.flatMap(({ row, draws, grid, logAt }, index) => {
    const functions = testFunctions(instance.prior.support, draws);
    const onGrid = KINDS.map((kind) =>
      valuesOf(() => functions[kind](toTensor(grid.latent)))
    );
    const paths = pathwise(instance, row, {
      functions,
      draws: LINE_DRAWS,
      index,
    });
    return row.flatMap((_, unit) => {
      const moves = movesAlong(row, unit, STEP)
        .map(({ row, weight }) => ({ log: logAt(row), weight }));
      return KINDS.map((kind, k) => ({
        what: whatAt(instance, row, { kind, unit }),
        found: paths[kind][unit]!.mean,
        wanted: moves.reduce(
          (sum, { log, weight }) =>
            sum + weight * integralInside(grid, log, (i) => onGrid[k]![i]!),
          0,
        ),
        allowed: SIGMAS * paths[kind][unit]!.error + ROUNDING,
      }));
    });
  });
}

function jointComparisons(subject: Subject, instance: Instance): Comparison[] {
  return variedRows(instance, subject.seed).slice(0, JOINT_ROWS).flatMap(
    (row, index) => {
      const draws = drawPosterior(instance, row, {
        count: JOINT_DRAWS,
        step: 300 + index,
      });
      if (isPiled(draws)) return [];
      const functions = testFunctions(instance.prior.support, draws);
      const paths = pathwise(instance, row, {
        functions,
        draws: JOINT_DRAWS,
        index,
      });
      const slopes = ratioSlopes(instance, row, draws);
      return KINDS.flatMap((kind) => {
        const values = valuesOf(() => functions[kind](toTensor(draws)));
        return derivativesOf(values, slopes)
          .map(({ mean, error }, unit) => ({
            what: whatAt(instance, row, { kind, unit }),
            found: paths[kind][unit]!.mean,
            wanted: mean,
            allowed: SIGMAS * Math.hypot(error, paths[kind][unit]!.error) +
              ROUNDING,
          }));
      });
    },
  );
}

/** Without densities: differences of means over draws of their own. */
function freeComparisons(subject: Subject, instance: Instance): Comparison[] {
  return mildRows(instance, subject.seed).flatMap((row, index) => {
    const draw = (row: RawRow, step: number) =>
      drawPosterior(instance, row, { count: FREE_DRAWS, step });
    const functions = testFunctions(
      instance.prior.support,
      draw(row, 400 + index),
    );
    const paths = pathwise(instance, row, {
      functions,
      draws: FREE_DRAWS,
      index,
    });
    return row.flatMap((_, unit) => {
      const moves = movesAlong(row, unit, FREE_STEP);
      const moved = moves.map(({ row, weight }, i) => ({
        draws: draw(row, 1000 + 100 * index + 4 * unit + i),
        weight,
      }));
      return KINDS.map((kind) => {
        const means = moved.map(({ draws, weight }) => ({
          weight,
          ...estimate(valuesOf(() => functions[kind](toTensor(draws)))),
        }));
        const noise = means.map(({ weight, error }) => weight * error);
        return {
          what: whatAt(instance, row, { kind, unit }),
          found: paths[kind][unit]!.mean,
          wanted: means.reduce(
            (sum, { weight, mean }) => sum + weight * mean,
            0,
          ),
          allowed: SIGMAS * Math.hypot(...noise, paths[kind][unit]!.error) +
            FREE_ROUNDING,
        };
      });
    });
  });
}

interface PathwiseOptions {
  readonly functions: TestFunctions;
  readonly draws: number;
  readonly index: number;
}

/** Means over draws of the gradient of each function along every raw output. */
function pathwise(
  instance: Instance,
  row: RawRow,
  { functions, draws, index }: PathwiseOptions,
): Readonly<Record<Kind, readonly Estimate[]>> {
  const along = (kind: Kind) =>
    columnEstimates(
      gradientOf(
        (raw) =>
          functions[kind](
            instance.sample(raw, instance.random("pathwise", index)),
          ),
        repeatRow(row, draws),
      ).values,
      row.length,
    );
  return { odd: along("odd"), even: along("even") };
}

function whatAt(
  instance: Instance,
  row: RawRow,
  { kind, unit }: { readonly kind: Kind; readonly unit: number },
): string {
  const power = kind === "odd" ? "E[z]" : "E[z^2]";
  return `the gradient of ${power}, squashed, along ${
    unitName(instance, unit)
  } at ${describeRow(instance, row)}`;
}
