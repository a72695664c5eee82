/**
 * How far configurations are from the best, for the terminal.
 *
 * @module
 */

import { wrap } from "../lib/wrap.ts";
import type { FigureComparison } from "../vae/compared.ts";
import { FIGURES } from "../vae/figures.ts";
import type { Figure } from "../vae/figures/figure.ts";
import { headingOf } from "../vae/figures/show.ts";
import { fittingTables } from "./fitting_tables.ts";
import { fromBest, INTERVALS, showDifference, verdicts } from "./standings.ts";

/**
 * A line for each configuration, with the figures of the narrowest tables, and
 * what would decide; none where nothing compares.
 */
export function formatDifferences(
  comparisons: readonly FigureComparison[],
  width: number,
): readonly string[] {
  const figures = FIGURES.filter(({ isMain = false }) => isMain);
  const columns = comparisons.flatMap((comparison) => {
    const figure = figures.find(({ name }) => name === comparison.figure);
    return figure === undefined ? [] : [{ figure, comparison }];
  });
  if (columns.length === 0) return [];
  const labels = [
    ...new Set(
      columns.flatMap(({ comparison: { configurations } }) =>
        configurations.map(({ label }) => label)
      ),
    ),
  ];
  return [
    ...fittingTables(
      ["From the best", ...labels],
      columns.map(({ figure, comparison }) => [
        `${headingOf(figure, "short")} `,
        ...labels.map((label) => cell(figure, comparison, label)),
      ]),
      width,
    ),
    "",
    ...[INTERVALS, ...verdicts(figures, comparisons)]
      .flatMap((sentence) => wrap(sentence, width)),
  ];
}

function cell(
  figure: Figure,
  comparison: FigureComparison,
  label: string,
): string {
  if (label === comparison.best) return "the best ";
  const found = fromBest(comparison).find((one) => one.label === label);
  if (found === undefined) return "- ";
  return `${showDifference(figure, found)}${found.isTold ? " " : "="}`;
}
