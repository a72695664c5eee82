/**
 * What a search has found, for the terminal.
 *
 * @module
 */

import { formatColumns } from "../lib/columns.ts";
import { plural } from "../lib/count.ts";
import { wrap } from "../lib/wrap.ts";
import { shareOf } from "../pipeline/search/words.ts";
import type { TriedSetting } from "../pipeline/search/types.ts";
import { formatValue } from "./format.ts";
import type { SearchSummary } from "./summary_types.ts";

/** A line for each configuration, and how it was found; none where nothing was. */
export function formatSearch(
  search: SearchSummary | null | undefined,
  width: number,
): readonly string[] {
  const { configurations = [] } = search ?? {};
  const names = Object.keys(configurations[0]?.winner ?? {});
  if (!search || names.length === 0) return [];
  const rows = configurations.map(({ group, winner, tried, work }) => {
    const won = sortTried(tried)[0]?.scores.at(-1);
    return [
      group || "all trials",
      ...names.map((name) => formatValue(winner?.[name])),
      won === undefined || "failed" in won ? "-" : won.value.toFixed(2),
      shareOf(work),
    ];
  });
  return [
    "",
    ...formatColumns([["Search", ...names, search.measure, "cost"], ...rows], {
      width,
      right: [...names, "", ""].map((_, i) => i + 1),
    }),
    "",
    ...wrap(searchText(search), width),
  ];
}

/** `24 settings for each prior ...`: what was done, in a sentence. */
export function searchText(
  { rungs, over, reduction, measure, configurations }: Pick<
    SearchSummary,
    "rungs" | "over" | "reduction" | "measure" | "configurations"
  >,
): string {
  const count = configurations[0]?.tried.length ?? 0;
  const each = configurations.length > 1 ? " each" : "";
  const [last, ...others] = [...rungs].reverse();
  const before = others.reverse();
  const how = before.length === 0
    ? `all for ${last} ${over}`
    : `after ${
      allInWords(before)
    } ${over} one of ${reduction} went on, to ${last}`;
  return `${
    plural(count, "setting")
  }${each}, ${how}; told apart by the ${measure} on images held out of the training, never the test images`;
}

/** `1, 3 and 9`. */
function allInWords(numbers: readonly number[]): string {
  const [last, ...others] = [...numbers].reverse();
  return others.length === 0
    ? `${last}`
    : `${others.reverse().join(", ")} and ${last}`;
}

/** Those first that went furthest, and of these the best. */
export function sortTried(
  tried: readonly TriedSetting[],
): readonly TriedSetting[] {
  const last = ({ scores }: TriedSetting) => {
    const score = scores.at(-1);
    return score === undefined || "failed" in score ? Infinity : score.value;
  };
  return [...tried].sort((a, b) =>
    b.scores.length - a.scores.length ||
    (last(a) < last(b) ? -1 : last(a) > last(b) ? 1 : 0)
  );
}
