/**
 * Trials that differ in nothing but their seed, taken together.
 *
 * @module
 */

import { groupBy } from "../lib/group_by.ts";
import type { Trial } from "../pipeline/types.ts";

/** Mean and standard deviation over the seeds of a figure. */
export interface Spread {
  readonly mean: number;
  /** Of the seeds' figures, with n - 1 in the denominator. */
  readonly deviation: number;
  /** Seeds that have the figure, at least 2. */
  readonly seeds: number;
}

/**
 * Groups of trials that differ in nothing but what is averaged over, in order of
 * the first of each; without trials that are alone.
 */
export function groupSeeds<Data>(
  all: readonly Data[],
  trialOf: (one: Data) => Trial,
): readonly (readonly Data[])[] {
  const groups = groupBy(all, (one) => trialOf(one).group);
  return [...groups.values()].filter((group) => group.length > 1);
}

/** The spread of the values that there are; null for fewer than two. */
export function spreadOf(
  values: readonly (number | null)[],
): Spread | null {
  const found = values.filter((value) => value !== null);
  if (found.length < 2) return null;
  const mean = found.reduce((sum, value) => sum + value, 0) / found.length;
  const squares = found.reduce((sum, value) => sum + (value - mean) ** 2, 0);
  return {
    mean,
    deviation: Math.sqrt(squares / (found.length - 1)),
    seeds: found.length,
  };
}
