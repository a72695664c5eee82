/**
 * All configurations of a table against each other: which is the best, which
 * cannot be told apart from it, and by how much the others are behind.
 *
 * @module
 */

import { type Difference, differenceOf } from "./difference.ts";
import { type Distributions, loadDistributions } from "./distributions.ts";
import { holm } from "./holm.ts";
import { moreSeeds } from "./more_seeds.ts";
import { momentsOf, type Sample } from "./sample.ts";

/** Whatever is told holds for the whole table with 1 - ALPHA. */
const ALPHA = 0.05;

/** Ends of an interval. */
export type Interval = readonly [low: number, high: number];

/** A difference by itself. */
export interface Told extends Difference {
  /** 95 %, of this difference by itself. */
  readonly interval: Interval;
  /** The probability of so large a difference where there is none. */
  readonly probability: number;
}

/** A difference among those of a table. */
export interface Pair extends Told {
  /** Places of the two. */
  readonly of: readonly [number, number];
  /** The probability by Holm. */
  readonly adjusted: number;
  /** At the level that Holm gives the pair: leaves 0 out where it is told. */
  readonly wide: Interval;
  /** Whether the two are told apart at 95 % for the whole table. */
  readonly isTold: boolean;
  /** How many more seeds each would tell it; null where it is told, or none would. */
  readonly moreSeeds: number | null;
}

/** What the comparison has come to. */
export interface Standing {
  /** Place of the best mean. */
  readonly best: number;
  /** The best and all that cannot be told apart from it; alone where it is separated from all others. */
  readonly leading: readonly number[];
  /** Those that something is known of. */
  readonly pairs: readonly Pair[];
}

/** Compares two configurations by themselves; null where no error is known. */
export async function compareTwo(a: Sample, b: Sample): Promise<Told | null> {
  const found = differenceOf(momentsOf(a), momentsOf(b));
  return found && withInterval(found, await loadDistributions());
}

/**
 * Compares all with all. Null where there are fewer than two, or nothing is
 * known of any pair's error.
 */
export async function compareAll(
  samples: readonly Sample[],
  better: "high" | "low",
): Promise<Standing | null> {
  const distributions = await loadDistributions();
  const moments = samples.map(momentsOf);
  const found = moments.flatMap((a, i) =>
    moments.slice(i + 1).flatMap((b, j) => {
      const difference = differenceOf(a, b);
      if (difference === null) return [];
      const of = [i, i + 1 + j] as const;
      return [{ of, ...withInterval(difference, distributions) }];
    })
  );
  if (found.length === 0) return null;
  const tests = holm(found.map(({ probability }) => probability), ALPHA);
  const pairs = found.map((told, i): Pair => {
    const { adjusted, divisor } = tests[i]!;
    const alpha = ALPHA / divisor;
    const isTold = adjusted <= ALPHA;
    return {
      ...told,
      adjusted,
      wide: intervalOf(told, alpha, distributions),
      isTold,
      moreSeeds: isTold ? null : moreSeeds(told, alpha, distributions),
    };
  });
  const sign = better === "high" ? 1 : -1;
  const best = moments.reduce(
    (best, { mean }, i) => sign * mean > sign * moments[best]!.mean ? i : best,
    0,
  );
  const told = new Set(
    pairs.flatMap(({ of, isTold }) => isTold && of.includes(best) ? of : []),
  );
  const leading = moments.flatMap((_, i) =>
    i === best || !told.has(i) ? [i] : []
  );
  return { best, leading, pairs };
}

function withInterval(
  difference: Difference,
  distributions: Distributions,
): Told {
  const { standardError, degrees } = difference;
  const t = standardError === 0 ? 0 : difference.difference / standardError;
  return {
    ...difference,
    interval: intervalOf(difference, ALPHA, distributions),
    probability: distributions.tail(t, degrees),
  };
}

function intervalOf(
  { difference, standardError, degrees }: Difference,
  alpha: number,
  { quantile }: Distributions,
): Interval {
  // No error at all, as of the same model twice: no quantile is needed.
  const half = standardError === 0
    ? 0
    : quantile(alpha, degrees) * standardError;
  return [difference - half, difference + half];
}
