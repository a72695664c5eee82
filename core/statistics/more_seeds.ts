/**
 * How many more seeds would decide a difference.
 *
 * @module
 */

import { type Difference, varianceWith } from "./difference.ts";
import type { Distributions } from "./distributions.ts";

/** The probability that a difference that is there is told. */
const POWER = 0.8;

/** Nobody trains more than so many. */
const MOST_SEEDS = 100;

/**
 * How many more seeds each it takes to tell this difference at `alpha` four
 * times in five, were it and the variances what they are estimated to be; null
 * where 100 do not, or training luck is not known.
 */
export function moreSeeds(
  { difference, between, seeds, imageShare: share }: Difference,
  alpha: number,
  { quantile }: Distributions,
): number | null {
  if (between === null) return null;
  const tells = (more: number): boolean => {
    const { variance, degrees } = varianceWith({
      between,
      seeds: [seeds[0] + more, seeds[1] + more],
      share,
    });
    // Its distribution around the difference, as a shifted t.
    const needed = quantile(alpha, degrees) +
      quantile(2 * (1 - POWER), degrees);
    return needed * Math.sqrt(variance) <= Math.abs(difference);
  };
  if (!tells(MOST_SEEDS)) return null;
  // The fewest, by halves: more seeds never tell less.
  let [few, enough] = [0, MOST_SEEDS];
  while (enough - few > 1) {
    const middle = (few + enough) >> 1;
    if (tells(middle)) enough = middle;
    else few = middle;
  }
  return enough;
}
