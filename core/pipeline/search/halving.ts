/**
 * Successive halving (Jamieson and Talwalkar 2016; the rungs of ASHA, Li et al.
 * 2020): of the settings of a rung the best go on to the next, which takes
 * longer. A rung is decided when all of it has ended, so that nothing depends on
 * what ended first.
 *
 * @module
 */

import type { Score, Setting } from "./types.ts";

/** A setting with its score at a rung. */
export interface Scored {
  readonly setting: Setting;
  readonly score: Score;
}

/** How many of `count` settings go on: one of `reduction`, rounded up. */
function survivors(count: number, reduction: number): number {
  return Math.ceil(count / reduction);
}

/**
 * The best first; of equals the one that was named first. Without those that
 * failed.
 */
export function rank(scored: readonly Scored[]): readonly Setting[] {
  return scored.flatMap(({ setting, score }) =>
    "failed" in score || Number.isNaN(score.value)
      ? []
      : [{ setting, value: score.value }]
  ).sort((a, b) => a.value - b.value).map(({ setting }) => setting);
}

/** Those that go on, in the order in which they were tried. */
export function promote(
  scored: readonly Scored[],
  reduction: number,
): readonly Setting[] {
  const best = rank(scored).slice(0, survivors(scored.length, reduction));
  return scored.map(({ setting }) => setting)
    .filter((setting) => best.includes(setting));
}

/**
 * Values of the option that is raised: `last`, a `reduction`th of it, and so
 * on, down to where one setting of `count` would be left, or to 1.
 */
export function defaultRungs(
  count: number,
  { last, reduction }: { readonly last: number; readonly reduction: number },
): readonly number[] {
  const rungs = [last];
  for (let left = count; left > reduction; left = survivors(left, reduction)) {
    if (rungs[0] === 1) break;
    rungs.unshift(Math.max(1, Math.floor(rungs[0]! / reduction)));
  }
  return rungs;
}
