/**
 * Two runs side by side, as lines.
 *
 * @module
 */

import { allOf } from "../lib/count.ts";
import type {
  RunComparison,
  StageComparison,
  TrialComparison,
} from "../runs/comparison.ts";
import {
  describeSeeds,
  intervalsNote,
  showInterval,
} from "./_comparison_intervals.ts";
import type { Difference } from "../runs/differences.ts";
import { shortDigest } from "../runs/format.ts";
import { GROUPS } from "../vae/figures.ts";
import type { Figure } from "../vae/figures/figure.ts";
import { describeUnits, headingOf, showNumber } from "../vae/figures/show.ts";
import { formatColumns } from "../lib/columns.ts";
import { wrap } from "../lib/wrap.ts";
import { terminalWidth } from "./wrap.ts";

/** Everything that differs, under titles; stages that are all the same are counted. */
export function describeComparison(
  comparison: RunComparison,
): readonly string[] {
  const {
    config,
    environment,
    sources,
    trials,
    onlyBefore,
    onlyAfter,
    overSeeds = [],
  } = comparison;
  const sections = [
    ["Config", config],
    ["Environment", environment],
    ["Sources, data and git", sources],
  ] as const;
  return [
    ...sections.flatMap(([title, changes]) =>
      changes.length === 0 ? [] : ["", title, ...describeDifferences(changes)]
    ),
    ...trials.flatMap((trial) => ["", ...describeTrial(trial)]),
    ...overSeeds.flatMap((group) => ["", ...describeSeeds(group)]),
    "",
    ...onlyBefore.length === 0 ? [] : [`Only in A: ${onlyBefore.join(", ")}`],
    ...onlyAfter.length === 0 ? [] : [`Only in B: ${onlyAfter.join(", ")}`],
    ...wrap(
      [describeUnits(measuredFigures(trials)), intervalsNote(comparison)]
        .filter(Boolean).join(". "),
      Math.min(80, terminalWidth()),
    ),
  ];
}

/** `  train.epochs  20 -> 30`, a line each. */
export function describeDifferences(
  changes: readonly Difference[],
): readonly string[] {
  return formatColumns(
    changes.map(({ path, before, after }) => [
      `  ${path}`,
      `${show(before)} -> ${show(after)}`,
    ]),
    { width: terminalWidth(), flexible: 1 },
  );
}

/** How a stage of one run stands to that of the other, in a few words. */
function describeStage(stage: StageComparison): string {
  const { before, after, changes, sameResult } = stage;
  if (before === null) return "only in B";
  if (after === null) return "only in A";
  const result = sameResult === null
    ? ""
    : sameResult
    ? ", same bits"
    : ", other bits";
  if (before === after) return `same key${result}`;
  const why = changes.map(({ path, before, after }) =>
    `${path} ${show(before)} -> ${show(after)}`
  ).join(", ");
  return (why === "" ? "other inputs" : why) + result;
}

function describeTrial(trial: TrialComparison): readonly string[] {
  const width = terminalWidth();
  const figures = measuredFigures([trial]).map((figure) =>
    describeFigure(figure, trial)
  );
  const stages = trial.stages.map((stage) =>
    [`  ${stage.name}`, describeStage(stage)] as const
  );
  return [
    ...formatColumns([
      [trial.label, "A", "B", "B - A"],
      ...figures,
    ], {
      width,
      flexible: 0,
      right: [1, 2],
    }),
    ...areSame(trial)
      ? [`  ${allOf(stages.length, "stage")}: same keys, same bits`]
      : formatColumns(stages, { width, flexible: 1 }),
  ];
}

function areSame({ stages }: TrialComparison): boolean {
  return stages.every(({ before, after, sameResult }) =>
    before === after && sameResult === true
  );
}

/** Figures that either run has, in the order of the tables. */
function measuredFigures(
  trials: readonly TrialComparison[],
): readonly Figure[] {
  const found = new Set(
    trials.flatMap(({ metrics }) =>
      metrics.filter(({ before, after }) => before !== null || after !== null)
        .map(({ name }) => name)
    ),
  );
  return GROUPS.flatMap(({ figures }) => figures)
    .filter(({ name }) => found.has(name));
}

function describeFigure(
  figure: Figure,
  { metrics }: TrialComparison,
): readonly string[] {
  const metric = metrics.find(({ name }) => name === figure.name)!;
  const { before, after, difference, standardError, problem } = metric;
  const number = (value: number | null) =>
    value === null ? "-" : showNumber(figure, value);
  const sign = (difference ?? 0) < 0 ? "-" : "+";
  return [
    `  ${headingOf(figure)}`,
    number(before),
    number(after),
    difference === null
      ? problem ?? "-"
      : metric.interval && metric.images
      ? showInterval(figure, {
        difference,
        interval: metric.interval,
        images: metric.images,
      })
      : `${sign}${number(Math.abs(difference))}${
        standardError === null ? "" : ` ± ${number(standardError)}`
      }`,
  ];
}

function show(value: unknown): string {
  if (value === undefined) return "unset";
  return typeof value === "string"
    ? shortDigest(value)
    : JSON.stringify(value) ?? "unset";
}
