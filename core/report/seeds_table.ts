/**
 * Means and standard deviations over seeds, for the terminal.
 *
 * @module
 */

import { type FigureName, FIGURES } from "../vae/figures.ts";
import type { Figure } from "../vae/figures/figure.ts";
import { headingOf, showNumber } from "../vae/figures/show.ts";
import type { FigureComparison } from "../vae/compared.ts";
import { legendOf, type Mark, markOf, MARKS } from "./standings.ts";
import { fittingTables } from "./fitting_tables.ts";
import type { Spread } from "./over_seeds.ts";
import type { SeedsSummary } from "./summary_types.ts";

/** The lines of the tables, as many as it takes for them to fit; none where there is but one seed. */
export function formatSeeds(
  groups: readonly SeedsSummary[],
  { width, comparisons }: {
    readonly width: number;
    readonly comparisons: readonly FigureComparison[];
  },
): readonly string[] {
  if (groups.length === 0) return [];
  const columns = FIGURES.map(spreadsOf(groups, comparisons))
    .filter(({ spreads }) => spreads.some((spread) => spread.trim() !== "-"))
    .map(({ heading, spreads, marks }) => ({
      marks,
      texts: [heading, ...spreads],
    }));
  return [
    ...fittingTables(
      [
        "Over seeds",
        ...groups.map(({ group, seeds }) => `${group} (${seeds.length})`),
      ],
      columns.map(({ texts }) => texts),
      width,
    ),
    "",
    "Mean +- standard deviation from seed to seed; seeds in brackets",
    ...legendOf(new Set(columns.flatMap(({ marks }) => marks))),
  ];
}

function spreadsOf(
  groups: readonly SeedsSummary[],
  comparisons: readonly FigureComparison[],
) {
  return (figure: Figure) => {
    const marks = groups.map(({ group }) => markOf(comparisons, figure, group));
    const hasMarks = marks.some((mark) => mark !== null);
    const end = (mark: Mark | null = null) =>
      !hasMarks ? "" : mark === null ? " " : MARKS[mark];
    return {
      marks,
      heading: `${headingOf(figure, "short")}${end()}`,
      spreads: groups.map((group, i) => {
        const spread = formatSpread(figure, group[figure.name as FigureName]);
        return `${spread}${end(marks[i])}`;
      }),
    };
  };
}

function formatSpread(figure: Figure, spread: Spread | null): string {
  return spread === null
    ? "-"
    : `${showNumber(figure, spread.mean)} +- ${
      showNumber(figure, spread.deviation)
    }`;
}
