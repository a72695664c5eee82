/** The check `kl-value`: `klDivergence` is the mean of log q - log p. @module */

import { plural } from "../../../lib/count.ts";
import {
  type Check,
  compareAll,
  type Comparison,
  notApplicable,
} from "../check.ts";
import { closestPosterior, klAt } from "../closest.ts";
import type { Instance } from "../instance.ts";
import {
  jointKl,
  KL_DRAWS,
  klByQuadrature,
  type KlDraws,
  klOfDraws,
} from "../kl_by_density.ts";
import { SIGMAS } from "../statistics.ts";
import { NO_DENSITIES, settledStudies, studyLine } from "../studies.ts";
import { drawPosterior } from "../posterior_draws.ts";
import {
  describeRow,
  jointInstance,
  type RawRow,
  spreadRow,
  type Subject,
  variedRows,
} from "../subject.ts";

/** Of quadrature and single precision: nats, and relative to the KL. */
const ROUNDING = 2e-3;

/**
 * By quadrature in one dimension, by Monte Carlo over what `sample` draws in
 * several and in many, at several posteriors.
 */
export const klValue: Check = {
  name: "kl-value",
  title: "KL against the densities",
  run(subject) {
    const instance = jointInstance(subject);
    if (instance.densities === undefined) return notApplicable(NO_DENSITIES);
    const line = studyLine(subject);
    const onLine = typeof line === "string"
      ? []
      : settledStudies(line.posteriors).map((study) =>
        comparison(line.instance, study.row, klByQuadrature(study))
      );
    return compareAll([
      ...onLine,
      ...variedRows(instance, subject.seed).map((row, index) =>
        drawnComparison(
          instance,
          row,
          jointKl(subject, instance, { row, index }),
        )
      ),
      ...wideComparisons(subject, instance),
    ], {
      title: "klDivergence against E[log q - log p]",
      hint:
        "Derive it anew term by term: sign, sum over all coordinates, which parameters are whose, rate or scale, variance or deviation",
      otherwise: "single precision cannot follow any of its posteriors",
    });
  },
};

/**
 * Many dimensions, next to the prior: what is small in one adds up there, and
 * the draws of sparse priors lie at the ends of their support.
 */
function wideComparisons(subject: Subject, instance: Instance): Comparison[] {
  const wide = subject.instance(WIDE_DIM);
  if (wide === undefined) return [];
  const { row } = closestPosterior(subject, instance);
  return MOVES.flatMap((move, i) => {
    const moved = row.map((raw, unit) => raw + move(unit));
    const spread = spreadRow(moved, instance, wide);
    if (spread === undefined) return [];
    const count = wide.draws(WIDE_DRAWS);
    const draws = drawPosterior(wide, spread, { count, step: 750 + i });
    return [drawnComparison(wide, spread, klOfDraws(wide, spread, draws))];
  });
}

const WIDE_DIM = 50;
const WIDE_DRAWS = 4000;
/** From the nearest posterior, along each raw output. */
const MOVES: readonly ((unit: number) => number)[] = [
  () => 0,
  () => 1,
  () => -1,
  (unit) => unit % 2 === 0 ? 1 : -1,
];

/** Against the mean over draws; where many were moved to an end, it may be less. */
function drawnComparison(
  instance: Instance,
  row: RawRow,
  { kl, isPiled }: KlDraws,
): Comparison {
  const { wanted, ...rest } = comparison(instance, row, kl.mean, kl.error);
  return {
    ...rest,
    wanted: isPiled ? Math.max(wanted, rest.found) : wanted,
  };
}

function comparison(
  instance: Instance,
  row: RawRow,
  wanted: number,
  noise = 0,
): Comparison {
  const isEstimate = instance.prior.divergence === "estimate";
  const draws = isEstimate ? instance.draws(KL_DRAWS) : 1;
  const { kl, error } = klAt(instance, row, draws);
  return {
    what: `the KL in ${plural(instance.latentDim, "dimension")} at ${
      describeRow(instance, row)
    }`,
    found: kl,
    wanted,
    allowed: SIGMAS * Math.hypot(error, noise) +
      ROUNDING * (1 + Math.abs(wanted)),
  };
}
