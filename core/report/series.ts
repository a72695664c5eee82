/**
 * Which colour and sign stand for a run, the same in every section.
 *
 * @module
 */

import type { ReportData, RunData } from "./data.ts";

/** Shapes at the ends of lines: a second way to tell runs apart. */
export const SYMBOLS = [
  "circle",
  "square",
  "triangle",
  "diamond",
  "star",
  "cross",
  "wye",
] as const;

/** Number of colours; past that, runs of one prior share theirs. */
export const COLORS = 8;

/** What tells a run from the others in charts and lists. */
export interface Mark {
  /** Name in the legend. */
  readonly label: string;
  /** A CSS colour, one of the style sheet's `--series-N`. */
  readonly color: string;
  readonly symbol: (typeof SYMBOLS)[number];
}

/** How a run is drawn; its label is the prior's where there are many runs. */
export interface Series extends Mark {
  readonly data: RunData;
}

/** The runs with their colours, in order. */
export function seriesOf(data: ReportData): readonly Series[] {
  const many = data.runs.length > COLORS;
  const marks = marksOf(
    data.runs.map(({ run }) => many ? run.values.prior.label : run.label),
  );
  return data.runs.map((run, i) => ({ ...marks[i]!, data: run }));
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
