/** The check `mean`: `posteriorMean` is the mean of draws. @module */

import type { Support } from "../../plugin/support.ts";
import { type Check, compareAll, type Comparison } from "../check.ts";
import type { Instance } from "../instance.ts";
import { columnEstimates, type Estimate, SIGMAS } from "../statistics.ts";
import { drawPosterior } from "../studies.ts";
import {
  describeRow,
  jointInstance,
  type RawRow,
  variedRows,
} from "../subject.ts";
import { type Matrix, repeatRow, toTensor, valuesOf } from "../tensors.ts";

const DRAWS = 50_000;
/** Share of the squares that one draw may have: beyond it, the mean has not settled. */
const LARGEST_SHARE = 0.02;
/** Resultant length below which draws have no direction. */
const LEAST_LENGTH = 0.1;

/** On spheres and circles, where the mean is not in the space, its direction counts. */
export const mean: Check = {
  name: "mean",
  title: "Mean of the posterior",
  run(subject) {
    const instance = jointInstance(subject);
    const comparisons = variedRows(instance, subject.seed)
      .flatMap((row, i) => comparisonsAt(instance, row, i));
    return compareAll(comparisons, {
      title: "posteriorMean against means of draws",
      hint:
        "posteriorMean gives the mean of q(z|x), in the space of z: not a parameter such as a mode or a log-mean",
      otherwise:
        "a few draws outweigh all others, as where there is no variance: no mean to compare with",
    });
  },
};

function comparisonsAt(
  instance: Instance,
  row: RawRow,
  index: number,
): Comparison[] {
  const draws = drawPosterior(instance, row, {
    count: DRAWS,
    step: 500 + index,
  });
  const claimed = valuesOf(() => instance.mean(toTensor(repeatRow(row, 1))));
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
      what: `coordinate ${column} of the posterior's mean at ${
        describeRow(instance, row)
      }`,
      found: claimed[column]! / length,
      wanted: found.mean,
      allowed: SIGMAS * found.error + 1e-4 * (1 + Math.abs(found.mean)),
    }];
  });
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
