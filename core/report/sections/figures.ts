/**
 * The tables of a group of figures.
 *
 * @module
 */

import {
  type Figure,
  type FigureGroup,
  valueOf,
} from "../../vae/figures/figure.ts";
import { figuresInUse } from "../../vae/figures.ts";
import { explain, headingOf, inUnit } from "../../vae/figures/show.ts";
import { comparable } from "../comparable.ts";
import type { ReportData } from "../data.ts";
import { figuresTable, type FiguresTableOptions } from "../figures_table.ts";
import { type Markup, markup } from "../markup.ts";
import { type Series, seriesOf } from "../series.ts";
import { markOf } from "../standings.ts";
import { differencesOf } from "./_differences.ts";
import { type GroupColumn, seedsTable } from "./_over_seeds.ts";
import type { Section } from "./section.ts";
import { swatch } from "./swatch.ts";

/** What a section shows beside its figures. */
interface FiguresSectionOptions {
  /** Columns after the figures; such a table has trials that were not measured, too. */
  readonly more?: FiguresTableOptions<Series>["more"];
  /** What stands below everything. */
  readonly after?: (measured: readonly Series[]) => Markup;
}

/** A section of the figures of `group`. */
export function figuresSection(
  group: FigureGroup,
  { more, after }: FiguresSectionOptions = {},
): Section {
  const { id, title, short, from, apart, exception } = group;
  return {
    id,
    title,
    ...(short === undefined ? {} : { short }),
    render: async (data) => {
      const { comparisons } = data;
      const all = seriesOf(data);
      const measured = all.filter(({ data }) => data.measured[from] !== null);
      const shown = more === undefined ? measured : all;
      if (shown.length === 0) return null;
      const kinds = comparable(
        shown,
        ({ data: { conditions } }) => apart?.kindOf(conditions) ?? null,
      );
      const tables: Markup[] = [];
      for (const [place, series] of kinds.entries()) {
        const columns = figuresInUse(
          group,
          series.map(({ data }) => data.figures),
        )
          .map((figure) => columnOf(figure, comparisons));
        const differences = await differencesOf(group, series, {
          comparisons,
          id: place === 0 ? id : `${id}-${place}`,
        });
        tables.push(
          markup`${table(group, series, { columns, more })}${
            seedsTable(series, columns)
          }${differences}${detail(group, series)}`,
        );
      }
      const except = shown.filter(({ data }) => exception?.holds(data.measured))
        .map(({ data }) => data.trial.label).join(", ");
      return markup`${tables}<p class="small">${
        explain(group, measuredOf(shown))
      }</p>${
        except && exception &&
        markup`<p class="small">${exception.text(except)}</p>`
      }${after?.(measured)}`;
    },
  };
}

function columnOf(
  figure: Figure,
  comparisons: ReportData["comparisons"],
): GroupColumn {
  return {
    markOfGroup: (group) => markOf(comparisons, figure, group),
    name: headingOf(figure),
    wanted: figure.better,
    decimals: figure.decimals,
    value: ({ figures }) => {
      const found = figures[figure.name];
      return found === undefined ? null : {
        value: inUnit(figure, found.value),
        error: found.error === null ? null : inUnit(figure, found.error),
      };
    },
  };
}

function table(
  group: FigureGroup,
  series: readonly Series[],
  { columns, more = [] }: {
    readonly columns: readonly GroupColumn[];
    readonly more: FiguresSectionOptions["more"];
  },
): Markup {
  return figuresTable(series, {
    caption: group.caption(measuredOf(series)),
    label: group.label,
    first: "Trial",
    head: nameOf,
    columns: columns.map(({ markOfGroup, ...column }) => ({
      ...column,
      value: ({ data }) => column.value(data),
      // Several seeds of a configuration are marked together, in the table of seeds.
      mark: ({ data: { trial: { group } } }) =>
        series.filter(({ data }) => data.trial.group === group).length > 1
          ? null
          : markOfGroup(group),
    })),
    more: [
      ...Object.entries(group.words ?? {}).map(([name, read]) => ({
        name,
        cell: ({ data }: Series) => read(data.measured),
      })),
      ...more,
    ],
  });
}

/** Numbers behind a figure, of the trials that have them. */
function detail(group: FigureGroup, series: readonly Series[]): Markup | null {
  const found = group.detail?.(measuredOf(series));
  if (!found) return null;
  const columns = found.columns.map(({ read, ...column }) => ({
    ...column,
    wanted: null,
    value: ({ data }: Series) => valueOf(read(data.measured)),
  }));
  const shown = series.filter((one) =>
    columns.some(({ value }) => value(one) !== null)
  );
  return figuresTable(shown, {
    ...found,
    first: "Trial",
    head: nameOf,
    columns,
  });
}

function nameOf(series: Series): Markup {
  return markup`${swatch(series)} ${series.data.trial.label}`;
}

function measuredOf(series: readonly Series[]) {
  return series.map(({ data }) => data.measured);
}
