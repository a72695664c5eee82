/** The check `sample-gradient`: gradients that flow through draws are right. @module */

import {
  type Check,
  compareAll,
  type Comparison,
  type Finding,
} from "../check.ts";
import {
  type Derivatives,
  derivativesByDensity,
  derivativesByDraws,
  derivativesByQuadrature,
} from "../derivatives.ts";
import type { Instance } from "../instance.ts";
import { KL_DRAWS } from "../kl_by_density.ts";
import { jointSlopes } from "../moved_weights.ts";
import { isPiled } from "../piled.ts";
import { columnEstimates, type Estimate, SIGMAS } from "../statistics.ts";
import { type LineSubject, studyLine } from "../studies.ts";
import { drawPosterior, jointDraws } from "../posterior_draws.ts";
import {
  describeRow,
  jointInstance,
  mildRows,
  type RawRow,
  type Subject,
  unitName,
  variedRows,
} from "../subject.ts";
import { gradientOf, repeatRow } from "../tensors.ts";
import { type TestFunctions, testFunctions } from "../test_functions.ts";

const LINE_DRAWS = 30_000;
const FREE_DRAWS = 100_000;
/** Of all posteriors, so many in several dimensions. */
const JOINT_ROWS = 3;
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

function lineComparisons({ instance, posteriors }: LineSubject): Comparison[] {
  return posteriors.flatMap((study, index) => {
    const functions = testFunctions(instance.prior.support, study.draws);
    return compareAt(instance, study.row, {
      wanted: derivativesByQuadrature(study, functions),
      functions,
      count: instance.draws(LINE_DRAWS),
      rounding: ROUNDING,
      index,
    });
  });
}

function jointComparisons(subject: Subject, instance: Instance): Comparison[] {
  const rows = variedRows(instance, subject.seed).slice(0, JOINT_ROWS);
  const count = instance.draws(KL_DRAWS);
  return rows.flatMap((row, index) => {
    const draws = jointDraws(subject, instance, { row, index, full: KL_DRAWS });
    if (isPiled(draws)) return [];
    const slopes = jointSlopes(subject, instance, { row, index, draws });
    const functions = testFunctions(instance.prior.support, draws);
    return compareAt(instance, row, {
      wanted: derivativesByDensity({ draws, slopes, functions }),
      functions,
      count,
      rounding: ROUNDING,
      index,
    });
  });
}

function freeComparisons(subject: Subject, instance: Instance): Comparison[] {
  const count = instance.draws(FREE_DRAWS);
  return mildRows(instance, subject.seed).flatMap((row, index) => {
    const draws = drawPosterior(instance, row, { count, step: 400 + index });
    const functions = testFunctions(instance.prior.support, draws);
    return compareAt(instance, row, {
      wanted: derivativesByDraws(instance, row, {
        functions,
        count,
        firstStep: 1000 * (1 + index),
      }),
      functions,
      count,
      rounding: FREE_ROUNDING,
      index,
    });
  });
}

interface CompareAtOptions {
  readonly wanted: Derivatives;
  readonly functions: TestFunctions;
  /** Draws of the pathwise gradient, and their step in their stream. */
  readonly count: number;
  readonly index: number;
  readonly rounding: number;
}

/** The pathwise gradient at `row` against the derivatives wanted. */
function compareAt(
  instance: Instance,
  row: RawRow,
  { wanted, functions, count, index, rounding }: CompareAtOptions,
): Comparison[] {
  return (["odd", "even"] as const).flatMap((kind) => {
    const found = pathwise(
      (raw) =>
        functions[kind](
          instance.sample(raw, instance.random("pathwise", index)),
        ),
      row,
      count,
    );
    return wanted[kind].map(({ mean, error }, unit) => ({
      what: `the gradient of ${
        kind === "odd" ? "E[z]" : "E[z^2]"
      }, squashed, along ${unitName(instance, unit)} at ${
        describeRow(instance, row)
      }`,
      found: found[unit]!.mean,
      wanted: mean,
      allowed: SIGMAS * Math.hypot(error, found[unit]!.error) + rounding,
    }));
  });
}

/** Means over draws of the gradient along every raw output. */
function pathwise(
  compute: Parameters<typeof gradientOf>[0],
  row: RawRow,
  count: number,
): readonly Estimate[] {
  const { values } = gradientOf(compute, repeatRow(row, count));
  return columnEstimates(values, row.length);
}
