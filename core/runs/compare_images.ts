/**
 * Intervals for the differences of two runs: by image where both have the terms
 * of each, and over the seeds where they have several.
 *
 * @module
 */

import { groupBy } from "../lib/group_by.ts";
import { sampleOf } from "../vae/compared.ts";
import { FIGURES } from "../vae/figures.ts";
import type { Figure } from "../vae/figures/figure.ts";
import type {
  MetricComparison,
  MetricInterval,
  RunComparison,
  SeedsComparison,
} from "./comparison.ts";
import { pairTrials } from "./pair_trials.ts";
import type { MeasuredOf } from "./read_terms.ts";
import type { RunRecord, TrialRecord } from "./record.ts";

type Pair = readonly [TrialRecord, TrialRecord];

/** What the terms are of. */
interface Runs {
  readonly before: RunRecord;
  readonly after: RunRecord;
  readonly termsBefore: MeasuredOf;
  readonly termsAfter: MeasuredOf;
}

/** Adds to a comparison of these runs what can be known of its differences. */
export async function withIntervals(
  comparison: RunComparison,
  runs: Runs,
): Promise<RunComparison> {
  // In the order of the comparison's trials.
  const pairs = pairTrials(runs.before.trials, runs.after.trials);
  const trials = await Promise.all(
    comparison.trials.map(async (trial, i) => ({
      ...trial,
      metrics: await Promise.all(trial.metrics.map(async (metric) => {
        const found = await compare(metric, [pairs[i]!], runs);
        return found === null ? metric : { ...metric, ...found };
      })),
    })),
  );
  const configurations = groupBy(
    pairs.map((pair, i) => ({ pair, metrics: comparison.trials[i]!.metrics })),
    ({ pair: [a, b] }) => JSON.stringify([partsOf(a), partsOf(b)]),
  );
  const overSeeds: SeedsComparison[] = [];
  for (const group of configurations.values()) {
    if (group.length < 2) continue;
    const all = group.map(({ pair }) => pair);
    const compared = group[0]!.metrics.filter(({ name }) =>
      group.every(({ metrics }) =>
        metrics.some((one) => one.name === name && one.difference !== null)
      )
    );
    const metrics = await Promise.all(
      compared.map((metric) => compare(metric, all, runs)),
    );
    const [a, b] = all[0]!.map(labelOf) as [string, string];
    overSeeds.push({
      label: a === b ? a : `${a} -> ${b}`,
      trials: group.length,
      metrics: metrics.filter((one) => one !== null),
    });
  }
  return { ...comparison, trials, overSeeds };
}

async function compare(
  { name, difference }: MetricComparison,
  pairs: readonly Pair[],
  { termsBefore, termsAfter }: Runs,
): Promise<MetricInterval | null> {
  if (difference === null) return null;
  const figure = FIGURES.find((one) => one.name === name)!;
  const [before, after] = [
    sample(figure, pairs.map(([a]) => a), termsBefore),
    sample(figure, pairs.map(([, b]) => b), termsAfter),
  ];
  const { compareTwo } = await import("../statistics/compare_all.ts");
  const told = await compareTwo(after, before);
  return told && {
    name,
    difference: told.difference,
    standardError: told.standardError,
    interval: told.interval,
    hasSeeds: told.hasSeeds,
    images: told.images,
  };
}

function sample(
  figure: Figure,
  trials: readonly TrialRecord[],
  termsOf: MeasuredOf,
) {
  return sampleOf(
    figure,
    trials.map((trial) => ({
      figures: trial.figures,
      measured: termsOf(trial),
    })),
  );
}

/** All but the seed. */
function partsOf({ prior, options, latentDim, matrix }: TrialRecord) {
  return [prior, options, latentDim, matrix];
}

function labelOf({ label, seed }: TrialRecord): string {
  return label.replace(` seed ${seed}`, "");
}
