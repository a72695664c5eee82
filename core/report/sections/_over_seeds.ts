/** Figures with their spread over the seeds. @module */

import type { TrialData } from "../data.ts";
import { type FigureColumn, figuresTable } from "../figures_table.ts";
import { type Markup, markup } from "../markup.ts";
import { groupSeeds, spreadOf } from "../over_seeds.ts";
import type { Mark } from "../standings.ts";
import type { Series } from "../series.ts";
import { swatch } from "./swatch.ts";

/** A column of trials, and how a group of them stands. */
export interface GroupColumn extends Omit<FigureColumn<TrialData>, "mark"> {
  readonly markOfGroup: (group: string) => Mark | null;
}

/**
 * A table of means and standard deviations over the seeds, a row for each group
 * of trials that differ in their seed alone; null where there is none.
 */
export function seedsTable(
  series: readonly Series[],
  columns: readonly GroupColumn[],
): Markup | null {
  const groups = groupSeeds(series, ({ data: { trial } }) => trial);
  if (groups.length === 0) return null;
  return figuresTable(groups, {
    caption:
      "Mean over the seeds, and after ± the standard deviation from seed to seed.",
    label: "Table of means over seeds",
    first: "Prior",
    head: ([first]) => markup`${swatch(first!)} ${first!.data.trial.group}`,
    columns: columns.map(({ markOfGroup, ...column }) => ({
      ...column,
      mark: ([first]) => markOfGroup(first!.data.trial.group),
      value: (group) => {
        const spread = spreadOf(
          group.map(({ data }) => column.value(data)?.value ?? null),
        );
        return spread && { value: spread.mean, error: spread.deviation };
      },
    })),
    more: [{ name: "Seeds", cell: (group) => group.length }],
  });
}
