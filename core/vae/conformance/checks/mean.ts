/** The check `mean`: `posteriorMean` is the mean of draws. @module */

import type { Support } from "../../plugin/support.ts";
import { type Check, compareAll, type Comparison } from "../check.ts";
import type { Instance } from "../instance.ts";
import { columnEstimates, type Estimate, SIGMAS } from "../statistics.ts";
import { drawPosterior, JOINT_DRAWS, jointDraws } from "../posterior_draws.ts";
import {
  describeRow,
  jointInstance,
  type RawRow,
  type Subject,
  variedRows,
} from "../subject.ts";
import { type Matrix, repeatRow, toTensor, valuesOf } from "../tensors.ts";

/** Share of the squares that one draw may have: beyond it, the mean has not settled. */
const LARGEST_SHARE = 0.02;
/** Resultant length below which draws have no direction. */
const LEAST_LENGTH = 0.1;

/**
 * On spheres and circles, where the mean is not in the space, its direction
 * counts; on the simplex, where it may have no closed form, the centre does as
 * well: the means of the log-ratios (Aitchison 1986, section 4.1).
 */
export const mean: Check = {
  name: "mean",
  title: "Mean of the posterior",
  run(subject) {
    const instance = jointInstance(subject);
    const looks = variedRows(instance, subject.seed)
      .map((row, index) => lookAt(subject, instance, { row, index }));
    const finding = compareAll(looks.flatMap(compareMeans), {
      title: "posteriorMean against means of draws",
      hint:
        "posteriorMean gives the mean of q(z|x), in the space of z: not a parameter such as a mode or a log-mean",
      otherwise:
        "a few draws outweigh all others, as where there is no variance: no mean to compare with",
    });
    const isSimplex = instance.prior.support.kind === "simplex";
    if (finding.verdict !== "fail" || !isSimplex) return finding;
    const centre = compareAll(looks.flatMap(compareCentres), {
      title: "posteriorMean against centres of draws",
      hint: "",
      otherwise: "",
    });
    return centre.verdict === "pass" ? centre : finding;
  },
};

interface Look {
  readonly instance: Instance;
  readonly where: string;
  readonly draws: Matrix;
  /** What posteriorMean gives. */
  readonly claimed: Float32Array;
}

interface At {
  readonly row: RawRow;
  /** Of the varied posteriors. */
  readonly index: number;
}

function lookAt(subject: Subject, instance: Instance, at: At): Look {
  const { row } = at;
  return {
    instance,
    where: describeRow(instance, row),
    draws: settledDraws(subject, instance, at),
    claimed: valuesOf(() => instance.mean(toTensor(repeatRow(row, 1)))),
  };
}

/** So few draws as settle all means, up to {@link JOINT_DRAWS}, so that no mean goes unasked. */
function settledDraws(
  subject: Subject,
  instance: Instance,
  { row, index }: At,
): Matrix {
  const full = JOINT_DRAWS;
  let draws = jointDraws(subject, instance, { row, index, full });
  for (let more = 1; draws.rows < full && !haveSettled(draws); more++) {
    draws = drawPosterior(instance, row, {
      count: Math.min(MORE * draws.rows, full),
      step: 500 + 10 * index + more,
    });
  }
  return draws;
}

/** Times the draws, where they have not settled. */
const MORE = 4;

function haveSettled(draws: Matrix): boolean {
  return columnEstimates(draws.values, draws.columns)
    .every((estimate, column) => hasSettled(draws, column, estimate));
}

function compareMeans({ instance, where, draws, claimed }: Look): Comparison[] {
  const means = columnEstimates(draws.values, draws.columns);
  const size = groupSize(instance.prior.support, draws.columns);
  const directions = size === 0 ? means : directionsOf(means, size);
  return directions.flatMap((found, column): Comparison[] => {
    if (found === undefined || !hasSettled(draws, column, means[column]!)) {
      return [];
    }
    const start = column - column % (size || 1);
    const length = size === 0
      ? 1
      : Math.hypot(...claimed.subarray(start, start + size));
    return [{
      what: `coordinate ${column} of the posterior's mean at ${where}`,
      found: claimed[column]! / length,
      wanted: found.mean,
      allowed: SIGMAS * found.error + 1e-4 * (1 + Math.abs(found.mean)),
    }];
  });
}

/** Log-ratios to the last coordinate. */
function compareCentres({ where, draws, claimed }: Look): Comparison[] {
  const last = draws.columns - 1;
  const ratios = draws.values.map((z, i) =>
    Math.log(z / draws.values[i - i % draws.columns + last]!)
  );
  return columnEstimates(ratios, draws.columns).slice(0, last)
    .map(({ mean, error }, column) => ({
      what: `log-ratio ${column} of the posterior's centre at ${where}`,
      found: Math.log(claimed[column]! / claimed[last]!),
      wanted: mean,
      allowed: SIGMAS * error + 1e-4 * (1 + Math.abs(mean)),
    }));
}

/** How many coordinates make a unit vector; 0 where each is by itself. */
function groupSize({ kind }: Support, width: number): number {
  return kind === "sphere" ? width : kind === "circle" ? 2 : 0;
}

function directionsOf(
  means: readonly Estimate[],
  size: number,
): readonly (Estimate | undefined)[] {
  return means.map(({ mean, error }, column) => {
    const start = column - column % size;
    const group = means.slice(start, start + size);
    const length = Math.hypot(...group.map(({ mean }) => mean));
    if (length < LEAST_LENGTH) return undefined;
    const largest = Math.max(error, ...group.map(({ error }) => error));
    return { mean: mean / length, error: 2 * largest / length };
  });
}

function hasSettled(
  { values, columns }: Matrix,
  column: number,
  { mean }: Estimate,
): boolean {
  let sum = 0;
  let largest = 0;
  for (let i = column; i < values.length; i += columns) {
    const square = (values[i]! - mean) ** 2;
    sum += square;
    largest = Math.max(largest, square);
  }
  return !(largest > LARGEST_SHARE * sum);
}
