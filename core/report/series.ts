/**
 * Which colour and sign stand for a trial, the same in every section.
 *
 * @module
 */

import type { ReportData, TrialData } from "./data.ts";

/** Shapes at the ends of lines: a second way to tell trials apart. */
export const SYMBOLS = [
  "circle",
  "square",
  "triangle",
  "diamond",
  "star",
  "cross",
  "wye",
] as const;

/** Number of colours; past that, trials of one prior share theirs. */
export const COLORS = 8;

/** What tells a trial from the others in charts and lists. */
export interface Mark {
  /** Name in the legend. */
  readonly label: string;
  /** A CSS colour, one of the style sheet's `--series-N`. */
  readonly color: string;
  readonly symbol: (typeof SYMBOLS)[number];
}

/** How a trial is drawn; its label is the prior's where there are many trials. */
export interface Series extends Mark {
  readonly data: TrialData;
}

/** The trials with their colours, in order. */
export function seriesOf(data: ReportData): readonly Series[] {
  const many = data.trials.length > COLORS;
  const marks = marksOf(
    data.trials.map(({ trial }) =>
      many ? trial.values.prior.label : trial.label
    ),
  );
  return data.trials.map((trial, i) => ({ ...marks[i]!, data: trial }));
}

/** A mark for each label, in order; equal labels have equal marks. */
export function marksOf(labels: readonly string[]): readonly Mark[] {
  const distinct = [...new Set(labels)];
  return labels.map((label) => {
    const index = distinct.indexOf(label);
    return {
      label,
      color: `var(--series-${index % COLORS + 1})`,
      symbol: SYMBOLS[index % SYMBOLS.length] ?? "circle",
    };
  });
}
