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

/** How a run is drawn. */
export interface Series {
  readonly data: RunData;
  /** Name in the legend: the run's, or the prior's where there are many runs. */
  readonly label: string;
  /** A CSS colour, one of the style sheet's `--series-N`. */
  readonly color: string;
  readonly symbol: (typeof SYMBOLS)[number];
}

/** The runs with their colours, in order. */
export function seriesOf(data: ReportData): readonly Series[] {
  const many = data.runs.length > COLORS;
  const labelOf = ({ run }: RunData) => many ? run.prior.label : run.label;
  const labels = [...new Set(data.runs.map(labelOf))];
  return data.runs.map((run) => {
    const label = labelOf(run);
    const index = labels.indexOf(label);
    return {
      data: run,
      label,
      color: `var(--series-${index % COLORS + 1})`,
      symbol: SYMBOLS[index % SYMBOLS.length] ?? "circle",
    };
  });
}
