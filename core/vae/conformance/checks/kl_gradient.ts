/** The check `kl-gradient`: what the encoder is told about the KL. @module */

import {
  type Check,
  compareAll,
  type Comparison,
  notApplicable,
} from "../check.ts";
import { movesAlong } from "../differences.ts";
import type { Instance } from "../instance.ts";
import {
  jointKl,
  KL_DRAWS,
  klGradientByDraws,
  klGradientByQuadrature,
} from "../kl_by_density.ts";
import { jointSlopes } from "../moved_weights.ts";
import { columnEstimates, type Estimate, SIGMAS } from "../statistics.ts";
import { unseenMass } from "../line_density.ts";
import {
  type LineSubject,
  NO_DENSITIES,
  settledStudies,
  studyLine,
} from "../studies.ts";
import {
  describeRow,
  jointInstance,
  type RawRow,
  type Subject,
  unitName,
  variedRows,
} from "../subject.ts";
import {
  gradientOf,
  repeatRow,
  stackRows,
  toTensor,
  valuesOf,
} from "../tensors.ts";

/** Of quadrature, difference quotients and single precision, relative to 1 or to the gradient. */
const ROUNDING = 5e-3;
/** Mass beyond single precision, whose derivative is too uncertain. */
const MOST_UNSEEN = 0.05;
/** Of all posteriors, so many in several dimensions. */
const JOINT_ROWS = 3;
const STEP = 0.02;
/** What a difference quotient makes of the rounding of a KL, relative to it. */
const QUOTIENT_ROUNDING = 1e-4;

/**
 * The KL's gradient, against the derivative of E[log q - log p]: by quadrature
 * in one dimension, by the score function in several; and of a closed form
 * against its own differences, which reach where single precision hides draws.
 */
export const klGradient: Check = {
  name: "kl-gradient",
  title: "Gradient of the KL",
  run(subject) {
    const instance = jointInstance(subject);
    const rows = variedRows(instance, subject.seed);
    const isEstimate = instance.prior.divergence === "estimate";
    if (instance.densities === undefined && isEstimate) {
      return notApplicable(NO_DENSITIES);
    }
    const line = studyLine(subject);
    const finding = compareAll([
      ...(isEstimate
        ? []
        : rows.flatMap((_, index) => ownComparisons(subject, instance, index))),
      ...(typeof line === "string" ? [] : lineComparisons(subject, line)),
      ...(instance.densities === undefined
        ? []
        : rows.slice(0, JOINT_ROWS).flatMap((row, index) => {
          const drawn = jointKl(subject, instance, { row, index });
          if (drawn.isPiled) return [];
          const { draws } = drawn;
          const slopes = jointSlopes(subject, instance, { row, index, draws });
          return comparisons(subject, instance, {
            index,
            wanted: klGradientByDraws(drawn, slopes),
          });
        })),
    ], {
      title: "gradients of klDivergence against derivatives",
      hint:
        "Where the KL itself is wrong, mend that first. A right value with a wrong gradient: something detached (dataSync, a comparison, a rounding), or a custom gradient that is wrong",
      otherwise: "single precision cannot follow any of its posteriors",
    });
    return instance.densities !== undefined || finding.verdict !== "pass"
      ? finding
      : {
        ...finding,
        found:
          `${finding.found} of its own values; whether these are right cannot be checked without densities`,
      };
  },
};

function lineComparisons(
  subject: Subject,
  { instance, posteriors }: LineSubject,
): Comparison[] {
  return settledStudies(posteriors)
    .filter(({ grid, log }) => !(unseenMass(grid, log) > MOST_UNSEEN))
    .flatMap((study) =>
      comparisons(subject, instance, {
        index: posteriors.indexOf(study),
        wanted: klGradientByQuadrature(study)
          .map((mean) => ({ mean, error: 0 })),
      })
    );
}

/** Against differences of the closed form itself. */
function ownComparisons(
  subject: Subject,
  instance: Instance,
  index: number,
): Comparison[] {
  const row = variedRows(instance, subject.seed)[index]!;
  const moves = row.map((_, unit) => movesAlong(row, unit, STEP));
  const rows = [row, ...moves.flat().map((move) => move.row)];
  const [here = NaN, ...values] = valuesOf(() =>
    instance.kl(toTensor(stackRows(rows)), instance.random("kl gradient"))
  );
  const perUnit = values.length / row.length;
  const wanted = moves.map((unit, i) => ({
    mean: unit.reduce(
      (sum, { weight }, k) => sum + weight * values[i * perUnit + k]!,
      0,
    ),
    error: QUOTIENT_ROUNDING * Math.abs(here) / SIGMAS,
  }));
  return comparisons(subject, instance, { index, wanted });
}

/** Of number `index` of the varied posteriors. */
function comparisons(
  subject: Subject,
  instance: Instance,
  { index, wanted }: {
    readonly index: number;
    readonly wanted: readonly Estimate[];
  },
): Comparison[] {
  const row = variedRows(instance, subject.seed)[index]!;
  const found = instance.prior.divergence === "estimate"
    ? estimatedGradient(instance, row)
    : closedGradients(subject, instance)[index]!;
  return found.map(({ mean, error }, unit) => ({
    what: `the KL's gradient along ${unitName(instance, unit)} at ${
      describeRow(instance, row)
    }`,
    found: mean,
    wanted: wanted[unit]!.mean,
    allowed: SIGMAS * Math.hypot(error, wanted[unit]!.error) +
      ROUNDING * (1 + Math.abs(wanted[unit]!.mean)),
  }));
}

function estimatedGradient(
  instance: Instance,
  row: RawRow,
): readonly Estimate[] {
  const { values } = gradientOf(
    (raw) => instance.kl(raw, instance.random("kl gradient")),
    repeatRow(row, instance.draws(KL_DRAWS)),
  );
  return columnEstimates(values, row.length);
}

/** At all varied posteriors together. */
function closedGradients(
  subject: Subject,
  instance: Instance,
): readonly (readonly Estimate[])[] {
  return subject.once(`kl gradients ${instance.latentDim}`, () => {
    const rows = variedRows(instance, subject.seed);
    const { values } = gradientOf(
      (raw) => instance.kl(raw, instance.random("kl gradient")),
      stackRows(rows),
    );
    return rows.map((row, index) =>
      row.map((_, unit) => ({
        mean: values[index * row.length + unit]!,
        error: 0,
      }))
    );
  });
}
