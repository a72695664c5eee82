/**
 * What a comparison says of each configuration, for whoever shows it.
 *
 * @module
 */

import type { ComparedPair, FigureComparison } from "../vae/compared.ts";
import type { Figure } from "../vae/figures/figure.ts";
import { shortUnit, showNumber } from "../vae/figures/show.ts";

/** The best, separated from all others at 95 %; or among those that cannot be told apart from the best. */
export type Mark = "best" | "leading";

/** What stands behind a figure. */
export const MARKS: Readonly<Record<Mark, string>> = {
  best: "*",
  leading: "=",
};

/** What those marks say that there are. */
export function legendOf(marks: ReadonlySet<Mark | null>): readonly string[] {
  return [
    ...marks.has("best") ? ["* is separated from all others at 95 %"] : [],
    ...marks.has("leading") ? ["= cannot be told apart from the best"] : [],
  ];
}

/** What is known of a configuration against the best. */
export interface FromBest
  extends Pick<ComparedPair, "isTold" | "moreSeeds" | "hasSeeds" | "images"> {
  readonly label: string;
  /** Its mean less that of the best. */
  readonly difference: number;
  /** At 95 % for all pairs of the figure. */
  readonly interval: readonly [number, number];
}

/** How a configuration stands among those that it compares with. */
export function markOf(
  comparisons: readonly FigureComparison[],
  { name }: Pick<Figure, "name">,
  label: string,
): Mark | null {
  const found = comparisons.find(({ figure, configurations }) =>
    figure === name && configurations.some((one) => one.label === label)
  );
  if (!found?.leading.includes(label)) return null;
  return found.leading.length === 1 ? "best" : "leading";
}

/** All but the best, in order. */
export function fromBest(
  { best, configurations, pairs }: FigureComparison,
): readonly FromBest[] {
  return configurations.flatMap(({ label }) => {
    if (label === best) return [];
    return pairs.flatMap(({ of: [a, b], ...pair }) => {
      const isFirst = a === label && b === best;
      if (!isFirst && !(b === label && a === best)) return [];
      const [low, high] = pair.adjustedInterval;
      return [{
        ...pair,
        label,
        difference: isFirst ? pair.difference : -pair.difference,
        interval: isFirst ? [low, high] as const : [-high, -low] as const,
      }];
    });
  });
}

/** `+0.49 [0.31, 0.67]`: the difference from the best, and its interval. */
export function showDifference(
  figure: Figure,
  { difference, interval: [low, high] }: Pick<
    FromBest,
    "difference" | "interval"
  >,
): string {
  const number = (value: number) => showNumber(figure, value);
  const sign = difference > 0 ? "+" : "";
  return `${sign}${number(difference)} [${number(low)}, ${number(high)}]`;
}

/** What would decide, and what the intervals cannot tell: sentences. */
export function verdicts(
  figures: readonly Figure[],
  comparisons: readonly FigureComparison[],
): readonly string[] {
  const all = comparisons.flatMap((comparison) => {
    const figure = figures.find(({ name }) => name === comparison.figure);
    return figure === undefined
      ? []
      : [{ figure, comparison, others: fromBest(comparison) }];
  });
  const pairs = all.flatMap(({ others }) => others);
  return [
    ...pairs.some(({ hasSeeds }) => !hasSeeds) ? [ONE_SEED] : [],
    ...all.flatMap(({ figure, comparison, others }) =>
      others.filter((one) =>
        one.hasSeeds && !one.isTold && isShown(figure, one.difference)
      )
        .map((one) =>
          `${figure.short}: ${
            moreSeeds(figure, one)
          } (${comparison.best}, ${one.label})`
        )
    ),
  ];
}

/** What the intervals are. */
export const INTERVALS =
  "Intervals hold for all pairs of a figure together at 95 % (Holm)";

const ONE_SEED =
  "With one seed, training luck is not in the intervals: another seed may turn the order, and only several seeds tell";

/** Whether more than 0.00 of a difference is to be seen. */
function isShown(figure: Figure, difference: number): boolean {
  return /[1-9]/.test(showNumber(figure, difference));
}

function moreSeeds(
  figure: Figure,
  { moreSeeds, difference }: FromBest,
): string {
  const amount = `${showNumber(figure, Math.abs(difference))} ${
    figure.unit === "%" ? "%" : shortUnit(figure)
  }`.trimEnd();
  if (moreSeeds === null) {
    return `not even 100 more seeds each would tell ${amount}`;
  }
  return `${moreSeeds} more ${
    moreSeeds === 1 ? "seed" : "seeds"
  } each would tell ${amount}`;
}
