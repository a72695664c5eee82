/**
 * The difference of two configurations, and how far it may be off.
 *
 * Seeds are a random sample of training luck, and the test images one of all
 * images: both are random effects, crossed. The variance of the difference of
 * the means is the sum of
 *
 * - the seeds' share of either, s² / S. A seed of the one has nothing in common
 *   with the same seed of the other but where both start, so they are not
 *   paired; where they go together, the interval is too wide, not too narrow;
 * - the images' share, which all seeds have in common and more seeds do not
 *   lower: the variance of the differences image by image, over N, less what of
 *   it is chance of the seeds.
 *
 * With seeds alone this is Welch's test, with the degrees of freedom of
 * Satterthwaite (1946), and with one seed and images the paired t-test. Where
 * there are both, each share lowers them in proportion to its part of the
 * variance, not to the square of it: after Satterthwaite, two or three seeds
 * that happen to agree would count for many, and tables would be wrong up to
 * twice as often as they say (test/statistics/README.md).
 *
 * @module
 */

import { type Moments, varianceOf } from "./sample.ts";

/** Part of a variance, and the degrees of freedom that it was estimated with. */
export interface Share {
  readonly variance: number;
  readonly degrees: number;
}

/** How far apart two configurations are. */
export interface Difference {
  /** First less second. */
  readonly difference: number;
  readonly standardError: number;
  readonly degrees: number;
  /** Whether training luck is in the error: both have several seeds. */
  readonly hasSeeds: boolean;
  /** How the test images are in it. */
  readonly images: "paired" | "independent" | "none";
  /** Variance from seed to seed of either; null where it is not known. */
  readonly between: readonly [number, number] | null;
  readonly seeds: readonly [number, number];
  /** What more seeds do not lower. */
  readonly imageShare: Share;
}

/** No share at all. */
const NONE: Share = { variance: 0, degrees: Infinity };

/** Compares two configurations; null where nothing tells how far it may be off. */
export function differenceOf(a: Moments, b: Moments): Difference | null {
  const between = a.between === null || b.between === null
    ? null
    : [a.between, b.between] as const;
  const found = imageShare(a, b, between !== null);
  if (found === null && between === null) return null;
  const share = found?.share ?? NONE;
  const seeds = [a.seeds, b.seeds] as const;
  const { variance, degrees } = varianceWith({ between, seeds, share });
  const difference = a.mean - b.mean;
  // Figures that do not vary where they ought to tell nothing of their error.
  if (variance === 0 && difference !== 0) return null;
  return {
    difference,
    standardError: Math.sqrt(variance),
    degrees,
    hasSeeds: between !== null,
    images: found?.images ?? "none",
    between,
    seeds,
    imageShare: share,
  };
}

/** The variance of the difference of means over so many seeds each. */
export function varianceWith({ between, seeds, share }: {
  readonly between: readonly [number, number] | null;
  readonly seeds: readonly [number, number];
  readonly share: Share;
}): Share {
  const luck = (between ?? []).map((variance, i) => ({
    variance: variance / seeds[i]!,
    degrees: seeds[i]! - 1,
  }));
  const all = [satterthwaite(luck), share];
  const variance = sum(all.map(({ variance }) => variance));
  const spread = sum(
    all.map(({ variance, degrees }) => variance / degrees),
  );
  return { variance, degrees: spread === 0 ? Infinity : variance / spread };
}

/** The sum of shares, with its degrees of freedom. */
function satterthwaite(shares: readonly Share[]): Share {
  const variance = sum(shares.map(({ variance }) => variance));
  const spread = sum(
    shares.map(({ variance, degrees }) => variance ** 2 / degrees),
  );
  return {
    variance,
    degrees: spread === 0 ? Infinity : variance ** 2 / spread,
  };
}

function sum(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0);
}

function imageShare(
  a: Moments,
  b: Moments,
  hasSeeds: boolean,
): { share: Share; images: "paired" | "independent" } | null {
  const count = a.images?.length ?? 0;
  if (a.images && b.images && count === b.images.length && count > 1) {
    const share = pairedShare(a, b, { count, hasSeeds });
    return { share, images: "paired" };
  }
  if (a.error === null || b.error === null) return null;
  const share = { variance: a.error + b.error, degrees: Infinity };
  return { share, images: "independent" };
}

function pairedShare(a: Moments, b: Moments, { count, hasSeeds }: {
  readonly count: number;
  readonly hasSeeds: boolean;
}): Share {
  const differences = a.images!.map((value, i) => value - b.images![i]!);
  const all = varianceOf(differences) / count;
  // The seeds' share has what varies with seed and image both; once is enough.
  const chance = hasSeeds
    ? [a, b].map(({ residual, seeds }) => residual / (seeds * count))
    : [];
  const rest = all - sum(chance);
  return rest <= 0 ? NONE : { variance: rest, degrees: count - 1 };
}
