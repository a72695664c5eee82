/** The check `kl-sign`: a divergence is never below 0, and 0 between equals. @module */

import { type Check, compareAll, type Comparison, figure } from "../check.ts";
import { type ClosestPosterior, closestPosterior } from "../closest.ts";
import { extremeRows } from "../extremes.ts";
import type { Instance } from "../instance.ts";
import { distanceOfSamples, LARGEST_DISTANCE, SIGMAS } from "../statistics.ts";
import { drawPosterior } from "../posterior_draws.ts";
import { describeRow, jointInstance, type Subject } from "../subject.ts";
import {
  type Matrix,
  matrixOf,
  stackRows,
  toTensor,
  valuesOf,
} from "../tensors.ts";

/** Nats that rounding may take off. */
const ROUNDING = 1e-3;
const DRAWS = 20_000;
/** Nats between distributions whose draws look the same: tails may differ by so much. */
const MOST_ALIKE = 0.2;
/** Below this the posterior family holds the prior, for all that matters. */
const REACHED = 1e-2;

/**
 * At least 0 at extremes and where it is least; nearly 0 only where the
 * posterior draws what the prior draws; and where they draw alike, nearly 0.
 */
export const klSign: Check = {
  name: "kl-sign",
  title: "KL at least 0, and 0 at q = p",
  run(subject) {
    const instance = jointInstance(subject);
    const closest = closestPosterior(subject, instance);
    const finding = compareAll([
      ...extremeComparisons(instance, subject.seed),
      leastComparison(instance, closest),
      ...drawComparisons(instance, closest),
      ...alikeComparisons(subject),
    ], {
      title: "",
      hint:
        "Look for a wrong sign, q and p exchanged, a constant forgotten, or parameters of p that priorSample reads in another way; KL(p || p) must be 0",
      otherwise: "there is nothing to compare",
    });
    if (finding.verdict !== "pass") return finding;
    const least = `least KL found ${figure(closest.kl)} nats`;
    return {
      ...finding,
      found: closest.kl < REACHED
        ? `${least}, where posterior and prior draw alike`
        : `${least}: the posterior family does not hold the prior`,
    };
  },
};

function extremeComparisons(instance: Instance, seed: number): Comparison[] {
  if (instance.prior.divergence === "estimate") return [];
  const rows = extremeRows(instance, seed);
  const values = valuesOf(() =>
    instance.kl(toTensor(stackRows(rows)), instance.random("kl"))
  );
  return rows.map((row, i) => ({
    what: `the KL at ${describeRow(instance, row)}`,
    found: Math.min(values[i]!, 0),
    wanted: 0,
    allowed: ROUNDING,
  }));
}

function leastComparison(
  instance: Instance,
  { row, kl, error }: ClosestPosterior,
): Comparison {
  return {
    what: `the KL at ${describeRow(instance, row)}`,
    found: Math.min(kl, 0),
    wanted: 0,
    allowed: SIGMAS * error + ROUNDING,
  };
}

/**
 * Distribution functions differ by no more than the total variation, and that
 * by no more than sqrt(KL / 2) (Pinsker's inequality).
 */
function drawComparisons(
  instance: Instance,
  closest: ClosestPosterior,
): Comparison[] {
  const { kl, error } = closest;
  const most = Math.sqrt((Math.max(kl, 0) + SIGMAS * error) / 2);
  return distancesToPrior(instance, closest).map((distance, column) => ({
    what: `the distance between draws of the prior and of the posterior of KL ${
      figure(kl)
    } in coordinate ${column}`,
    found: distance,
    wanted: 0,
    allowed: noiseOf(instance) + most,
  }));
}

/**
 * One dimension in which the nearest posterior cannot be told from the prior:
 * the KL is near to 0 there. Only without densities, which say more.
 */
function alikeComparisons(subject: Subject): Comparison[] {
  const instance = subject.instance(1);
  if (instance === undefined || instance.densities !== undefined) return [];
  const closest = closestPosterior(subject, instance);
  const noise = noiseOf(instance);
  if (distancesToPrior(instance, closest).some((far) => far > noise)) return [];
  return [{
    what: `the KL in one dimension, at ${
      describeRow(instance, closest.row)
    }, where posterior and prior draw alike,`,
    found: closest.kl,
    wanted: 0,
    allowed: SIGMAS * closest.error + MOST_ALIKE,
  }];
}

/** The most that draws of one distribution may lie apart. */
function noiseOf(instance: Instance): number {
  return LARGEST_DISTANCE / rootOf(instance);
}

/** Distances of samples times this are what {@link LARGEST_DISTANCE} is for. */
function rootOf(instance: Instance): number {
  return Math.sqrt(instance.draws(DRAWS) / 2);
}

/** Distances of distribution functions, coordinate by coordinate. */
function distancesToPrior(
  instance: Instance,
  { row }: ClosestPosterior,
): number[] {
  const count = instance.draws(DRAWS);
  const fromPosterior = drawPosterior(instance, row, { count, step: 600 });
  const fromPrior = matrixOf(() =>
    instance.priorSample(count, instance.random("prior", 2))
  );
  return Array.from(
    { length: instance.width },
    (_, column) =>
      distanceOfSamples(
        columnOf(fromPosterior, column),
        columnOf(fromPrior, column),
      ) / rootOf(instance),
  );
}

function columnOf({ values, columns }: Matrix, column: number): Float64Array {
  return Float64Array.from(values.filter((_, i) => i % columns === column));
}
