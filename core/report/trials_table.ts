/**
 * Numbers of trials in columns, as many as a terminal has room for.
 *
 * @module
 */

import type { createColors } from "picocolors";
import { formatColumns } from "../lib/columns.ts";
import { type Mark, MARKS } from "./standings.ts";
import type { TrialSummary } from "./summary_types.ts";

/** Colours, or none. */
export type Colors = ReturnType<typeof createColors>;

/** A number of a trial. */
export interface Column {
  readonly head: string;
  readonly value: (trial: TrialSummary) => number | null;
  readonly format: (value: number) => string;
  /** How a trial stands among the others. */
  readonly mark: (trial: TrialSummary) => Mark | null;
  /** What a narrow terminal does without: costs first, then what is widest. */
  readonly kind: "main" | "figure" | "cost";
}

/** Between columns. */
const GAP = 2;
const NARROWEST_LABEL = 12;
/** Sets trials out, a line each, in no more than `width` columns. */
export function formatTrials(
  trials: readonly TrialSummary[],
  all: readonly Column[],
  { colors, width }: { readonly colors: Colors; readonly width: number },
): string {
  const longest = Math.max(5, ...trials.map(({ label }) => label.length));
  const columns = fitting(
    all.map((column) => fill(column, trials)),
    width - Math.min(longest, NARROWEST_LABEL),
  );
  const rows = [
    ["Prior", ...columns.map(({ head }) => head)],
    ...trials.map(({ label }, i) => [
      label,
      ...columns.map(({ cells }) => cells[i] ?? ""),
    ]),
  ];
  return formatColumns(rows, {
    width,
    flexible: 0,
    right: columns.map((_, i) => i + 1),
    paint: (text, row, column) =>
      row === 0
        ? colors.bold(text)
        : columns[column - 1]?.marks[row - 1] === "best"
        ? colors.bold(colors.green(text))
        : text,
  }).join("\n");
}

/** A column with its texts, as wide as the widest. */
interface FilledColumn extends Pick<Column, "head" | "kind"> {
  readonly cells: readonly string[];
  readonly marks: readonly (Mark | null)[];
  readonly width: number;
}

function fill(
  column: Column,
  trials: readonly TrialSummary[],
): FilledColumn {
  const values = trials.map(column.value);
  const marks = trials.map(column.mark);
  // Marked without colours too.
  const cells = values.map((value, index) => {
    const mark = marks[index] ?? null;
    return `${value === null ? "-" : column.format(value)}${
      mark === null ? " " : MARKS[mark]
    }`;
  });
  const head = `${column.head} `;
  const width = Math.max(...[head, ...cells].map(({ length }) => length));
  return { kind: column.kind, head, cells, marks, width };
}

/** The columns that leave room for labels. */
function fitting(
  columns: readonly FilledColumn[],
  room: number,
): readonly FilledColumn[] {
  const dropped = columns.filter(({ kind }) => kind !== "main").toSorted(
    (a, b) =>
      Number(b.kind === "cost") - Number(a.kind === "cost") ||
      b.width - a.width,
  );
  let kept = columns;
  for (const column of dropped) {
    if (widthOf(kept) <= room) break;
    kept = kept.filter((one) => one !== column);
  }
  return kept;
}

function widthOf(columns: readonly FilledColumn[]): number {
  return columns.reduce((sum, { width }) => sum + width + GAP, 0);
}
