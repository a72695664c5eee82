/** The check `kl-value`: `klDivergence` is the mean of log q - log p. @module */

import { plural } from "../../../lib/count.ts";
import {
  type Check,
  compareAll,
  type Comparison,
  notApplicable,
} from "../check.ts";
import { closestPosterior, klsAt } from "../closest.ts";
import type { Instance } from "../instance.ts";
import {
  jointKl,
  KL_DRAWS,
  klByQuadrature,
  type KlDraws,
  klOfDraws,
} from "../kl_by_density.ts";
import { SIGMAS } from "../statistics.ts";
import {
  type LineSubject,
  NO_DENSITIES,
  settledStudies,
  studyLine,
} from "../studies.ts";
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
    const rows = variedRows(instance, subject.seed);
    return compareAll([
      ...(typeof line === "string" ? [] : lineComparisons(line)),
      ...comparisons(
        instance,
        rows.map((row, index) =>
          drawn(row, jointKl(subject, instance, { row, index }))
        ),
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

function lineComparisons({ instance, posteriors }: LineSubject): Comparison[] {
  const studies = settledStudies(posteriors);
  return comparisons(
    instance,
    studies.map((study) => ({ row: study.row, wanted: klByQuadrature(study) })),
  );
}

/**
 * Many dimensions, next to the prior: what is small in one adds up there, and
 * the draws of sparse priors lie at the ends of their support.
 */
function wideComparisons(subject: Subject, instance: Instance): Comparison[] {
  const wide = subject.instance(WIDE_DIM);
  if (wide === undefined) return [];
  const { row } = closestPosterior(subject, instance);
  const asked = MOVES.flatMap((move, i): Asked[] => {
    const moved = row.map((raw, unit) => raw + move(unit));
    const spread = spreadRow(moved, instance, wide);
    if (spread === undefined) return [];
    const count = wide.draws(WIDE_DRAWS);
    const draws = drawPosterior(wide, spread, { count, step: 750 + i });
    return [drawn(spread, klOfDraws(wide, spread, draws))];
  });
  return comparisons(wide, asked);
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

/** A posterior, and what its KL should be. */
interface Asked {
  readonly row: RawRow;
  readonly wanted: number;
  /** Standard error of `wanted`. */
  readonly noise?: number;
  /** Whether less than `wanted` is right, too: many draws were moved to an end. */
  readonly isMost?: boolean;
}

/** The mean over draws is wanted. */
function drawn(row: RawRow, { kl, isPiled }: KlDraws): Asked {
  return { row, wanted: kl.mean, noise: kl.error, isMost: isPiled };
}

function comparisons(
  instance: Instance,
  asked: readonly Asked[],
): Comparison[] {
  const isEstimate = instance.prior.divergence === "estimate";
  const draws = isEstimate ? instance.draws(KL_DRAWS) : 1;
  const kls = klsAt(instance, asked.map(({ row }) => row), draws);
  return asked.map(({ row, wanted, noise = 0, isMost = false }, i) => {
    const { kl, error } = kls[i]!;
    return {
      what: `the KL in ${plural(instance.latentDim, "dimension")} at ${
        describeRow(instance, row)
      }`,
      found: kl,
      wanted: isMost ? Math.max(wanted, kl) : wanted,
      allowed: SIGMAS * Math.hypot(error, noise) +
        ROUNDING * (1 + Math.abs(wanted)),
    };
  });
}
