/**
 * Configurations compared by their figures: trials that differ in nothing but
 * what is averaged over are one, and their seeds are how far luck carries.
 *
 * @module
 */

import { groupBy } from "../lib/group_by.ts";
import type { Interval, Pair, Standing } from "../statistics/compare_all.ts";
import type { Sample } from "../statistics/sample.ts";
import { FIGURES, TEST_SET } from "./figures.ts";
import type {
  Conditions,
  Figure,
  FigureValues,
  Measured,
} from "./figures/figure.ts";

/** What is known of a trial. */
export interface MeasuredTrial {
  /** Its label without what is averaged over. */
  readonly group: string;
  readonly figures: FigureValues;
  readonly conditions: Conditions;
  readonly measured: Measured;
}

/** A figure of all configurations of which it compares. */
export interface FigureComparison {
  /** Its name in the list of figures. */
  readonly figure: string;
  /** Seeds of each configuration, by its label. */
  readonly configurations: readonly {
    readonly label: string;
    readonly seeds: number;
    readonly mean: number;
  }[];
  /** Label of the best mean. */
  readonly best: string;
  /** The best with all that cannot be told apart from it: the best alone is separated from all others at 95 %. */
  readonly leading: readonly string[];
  readonly pairs: readonly ComparedPair[];
}

/** Two configurations. */
export interface ComparedPair {
  /** Labels; the difference is the first less the second. */
  readonly of: readonly [string, string];
  readonly difference: number;
  readonly standardError: number;
  /** 95 %, of this difference by itself. */
  readonly interval: Interval;
  readonly probability: number;
  /** The probability by Holm, over the pairs of this figure. */
  readonly adjusted: number;
  /** At the level that Holm gives the pair: leaves 0 out where the two are told apart. */
  readonly adjustedInterval: Interval;
  readonly isTold: boolean;
  /** More seeds each that would tell it four times in five; null where it is told, or none would. */
  readonly moreSeeds: number | null;
  /** Whether training luck is in the intervals. */
  readonly hasSeeds: boolean;
  /** How the test images are in them. */
  readonly images: Pair["images"];
}

/** Compares the trials of a run by every figure that has a best. */
export async function compareFigures(
  trials: readonly MeasuredTrial[],
): Promise<readonly FigureComparison[]> {
  const found: FigureComparison[] = [];
  for (const figure of FIGURES) {
    for (const comparable of alike(figure, trials)) {
      found.push(...await compareFigure(figure, comparable));
    }
  }
  return found;
}

/** What was measured of the trials of one configuration. */
export function sampleOf(
  { name, terms }: Figure,
  trials: readonly Omit<MeasuredTrial, "group" | "conditions">[],
): Sample {
  const values = trials.map(({ figures }) => figures[name]!);
  const byImage = trials.map(({ measured }) => terms?.(measured))
    .filter((one) => one != null);
  const errors = values.flatMap(({ error }) => error ?? []);
  const isWhole = byImage.length === trials.length &&
    new Set(byImage.map(({ length }) => length)).size === 1;
  return {
    values: values.map(({ value }) => value),
    terms: isWhole ? byImage : null,
    errors: errors.length === values.length ? errors : null,
  };
}

async function compareFigure(
  figure: Figure,
  trials: readonly MeasuredTrial[],
): Promise<readonly FigureComparison[]> {
  if (figure.better === null) return [];
  const groups = [...groupBy(trials, ({ group }) => group)];
  if (groups.length < 2) return [];
  const samples = groups.map(([, trials]) => sampleOf(figure, trials));
  // Loaded only here: a cached run compares nothing.
  const { compareAll } = await import("../statistics/compare_all.ts");
  const standing = await compareAll(samples, figure.better);
  if (standing === null) return [];
  const labels = groups.map(([label]) => label);
  return [{
    figure: figure.name,
    configurations: samples.map(({ values }, i) => ({
      label: labels[i]!,
      seeds: values.length,
      mean: values.reduce((sum, value) => sum + value, 0) / values.length,
    })),
    ...named(standing, labels),
  }];
}

function named(
  { best, leading, pairs }: Standing,
  labels: readonly string[],
): Pick<FigureComparison, "best" | "leading" | "pairs"> {
  return {
    best: labels[best]!,
    leading: leading.map((place) => labels[place]!),
    pairs: pairs.map(({ of: [a, b], wide, ...pair }) => ({
      of: [labels[a]!, labels[b]!],
      difference: pair.difference,
      standardError: pair.standardError,
      interval: pair.interval,
      probability: pair.probability,
      adjusted: pair.adjusted,
      adjustedInterval: wide,
      isTold: pair.isTold,
      moreSeeds: pair.moreSeeds,
      hasSeeds: pair.hasSeeds,
      images: pair.images,
    })),
  };
}

/** Trials that have the figure, by what it holds under. */
function alike(
  { name, under }: Figure,
  trials: readonly MeasuredTrial[],
): readonly (readonly MeasuredTrial[])[] {
  const measured = trials.filter(({ figures }) => figures[name] !== undefined);
  const kinds = groupBy(
    measured,
    ({ conditions }) =>
      JSON.stringify([TEST_SET, ...under].map((name) => conditions[name])),
  );
  return [...kinds.values()];
}
