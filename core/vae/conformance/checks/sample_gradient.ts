/** The check `sample-gradient`: gradients that flow through draws are right. @module */

import { type Tensor2D, tf } from "../../../engine/tf.ts";
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
import { groupsOf, repeatEach } from "../groups.ts";
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
import { gradientOf } from "../tensors.ts";
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
  const sites = posteriors.map((study): Site => {
    const functions = testFunctions(instance.prior.support, study.draws);
    const wanted = derivativesByQuadrature(study, functions);
    return { row: study.row, functions, wanted };
  });
  const count = instance.draws(LINE_DRAWS);
  return compareSites(instance, sites, { count, rounding: ROUNDING });
}

function jointComparisons(subject: Subject, instance: Instance): Comparison[] {
  const rows = variedRows(instance, subject.seed).slice(0, JOINT_ROWS);
  const sites = rows.flatMap((row, index): Site[] => {
    const draws = jointDraws(subject, instance, { row, index, full: KL_DRAWS });
    if (isPiled(draws)) return [];
    const slopes = jointSlopes(subject, instance, { row, index, draws });
    const functions = testFunctions(instance.prior.support, draws);
    const wanted = derivativesByDensity({ draws, slopes, functions });
    return [{ row, functions, wanted }];
  });
  const count = instance.draws(KL_DRAWS);
  return compareSites(instance, sites, { count, rounding: ROUNDING });
}

function freeComparisons(subject: Subject, instance: Instance): Comparison[] {
  const count = instance.draws(FREE_DRAWS);
  const sites = mildRows(instance, subject.seed).map((row, index): Site => {
    const draws = drawPosterior(instance, row, { count, step: 400 + index });
    const functions = testFunctions(instance.prior.support, draws);
    const firstStep = 1000 * (1 + index);
    const given = { functions, count, firstStep };
    return { row, functions, wanted: derivativesByDraws(instance, row, given) };
  });
  return compareSites(instance, sites, { count, rounding: FREE_ROUNDING });
}

/** A posterior, test functions that suit it, and the derivatives of their expectations. */
interface Site {
  readonly row: RawRow;
  readonly functions: TestFunctions;
  readonly wanted: Derivatives;
}

const KINDS = ["odd", "even"] as const;

/** Pathwise gradients, by `count` draws each, against the derivatives wanted. */
function compareSites(
  instance: Instance,
  sites: readonly Site[],
  { count, rounding }: { readonly count: number; readonly rounding: number },
): Comparison[] {
  const parts = sites.flatMap(({ row, functions, wanted }) =>
    KINDS.map((kind) => ({
      kind,
      row,
      compute: functions[kind],
      wanted: wanted[kind],
    }))
  );
  return groupsOf(parts, count).flatMap((group, step) => {
    const found = pathwise(instance, group, { count, step });
    return group.flatMap(({ kind, row, wanted }, i) =>
      wanted.map(({ mean, error }, unit) => ({
        what: `the gradient of ${
          kind === "odd" ? "E[z]" : "E[z^2]"
        }, squashed, along ${unitName(instance, unit)} at ${
          describeRow(instance, row)
        }`,
        found: found[i]![unit]!.mean,
        wanted: mean,
        allowed: SIGMAS * Math.hypot(error, found[i]![unit]!.error) + rounding,
      }))
    );
  });
}

/** Of each part, means over draws of the gradient along every raw output. */
function pathwise(
  instance: Instance,
  parts: readonly {
    readonly row: RawRow;
    readonly compute: TestFunctions["odd"];
  }[],
  { count, step }: { readonly count: number; readonly step: number },
): readonly (readonly Estimate[])[] {
  const { values, columns } = gradientOf(
    (raw) => {
      const latent = instance.sample(raw, instance.random("pathwise", step));
      // The gradient of a split into one part fails.
      const each = parts.length === 1
        ? [latent]
        : tf.split(latent, parts.length);
      return tf.concat(
        parts.map(({ compute }, i) => compute(each[i] as Tensor2D)),
      );
    },
    repeatEach(parts.map(({ row }) => row), count),
  );
  const size = count * columns;
  return parts.map((_, i) =>
    columnEstimates(values.subarray(i * size, (i + 1) * size), columns)
  );
}
