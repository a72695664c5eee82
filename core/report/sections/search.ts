/**
 * What was tried before the trials, and what won.
 *
 * @module
 */

import { shareOf } from "../../pipeline/search/words.ts";
import type {
  Score,
  SearchedConfiguration,
  TriedSetting,
} from "../../pipeline/search/types.ts";
import type { Searched } from "../../pipeline/types.ts";
import type { ReportData } from "../data.ts";
import { figuresTable } from "../figures_table.ts";
import { formatValue } from "../format.ts";
import { type Markup, markup } from "../markup.ts";
import { searchText, sortTried } from "../search_table.ts";
import type { Section } from "./section.ts";

/** What was tried before the trials, and what won. */
export const search: Section = {
  id: "search",
  title: "What was searched",
  short: "Search",
  render: ({ plan: { searched } }: ReportData) =>
    searched === undefined ? null : render(searched),
};

function render(searched: Searched): Markup {
  const { config, configurations } = searched;
  const { reduction } = config.search!;
  return markup`<p>${searchText({ ...searched, reduction })}</p>${
    configurations.map((one) => table(one, searched))
  }`;
}

function table(
  { group, tried, winner, work }: SearchedConfiguration,
  { rungs, over, measure, config }: Searched,
): Markup {
  const { options } = config.search!;
  const label = group || "All trials";
  return figuresTable(sortTried(tried), {
    caption: `${label}: ${measure} by rung; ${shareOf(work)}`,
    label: `Settings of ${label}`,
    first: options.map(({ called }) => called).join(", "),
    head: ({ setting }) =>
      options.map(({ stage, option }) =>
        formatValue(setting[`${stage}.${option}`])
      ).join(", "),
    columns: rungs.map((rung, i) => ({
      name: `${rung} ${over}`,
      wanted: "low",
      value: ({ scores }) => valueOf(scores[i]),
      mark: ({ setting, scores }) =>
        setting === winner && i === scores.length - 1 ? "best" : null,
    })),
    more: [{ name: "Outcome", cell: (one) => outcomeOf(one, winner, rungs) }],
  });
}

function valueOf(score: Score | undefined) {
  return score === undefined || "failed" in score
    ? null
    : { value: score.value, error: null };
}

function outcomeOf(
  { setting, scores }: TriedSetting,
  winner: SearchedConfiguration["winner"],
  rungs: readonly number[],
): string {
  if (setting === winner) return "won";
  const last = scores.at(-1);
  if (last === undefined) return "not tried yet";
  return "failed" in last
    ? `failed: ${last.failed}`
    : `rung ${scores.length} of ${rungs.length}`;
}
