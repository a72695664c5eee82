/**
 * Numbers of runs in columns, as many as a terminal has room for.
 *
 * @module
 */

import Table from "cli-table3";
import type { createColors } from "picocolors";
import { bestOf } from "./best.ts";
import type { MemberSummary } from "./summary_types.ts";

/** Colours, or none. */
export type Colors = ReturnType<typeof createColors>;

/** A number of a run. */
export interface Column {
  readonly head: string;
  readonly value: (member: MemberSummary) => number | null;
  readonly format: (value: number) => string;
  readonly wanted: "high" | "low" | null;
  readonly decimals: number;
  /** What a narrow terminal does without: costs first, then what is widest. */
  readonly kind: "main" | "figure" | "cost";
}

/** Between columns. */
const GAP = 2;
const NARROWEST_LABEL = 12;
const BORDERLESS = Object.fromEntries(
  [
    ...["top", "top-mid", "top-left", "top-right"],
    ...["bottom", "bottom-mid", "bottom-left", "bottom-right"],
    ...["left", "left-mid", "mid", "mid-mid"],
    ...["right", "right-mid", "middle"],
  ].map((name) => [name, ""]),
);

/** Sets runs out, a line each, in no more than `width` columns. */
export function formatMembers(
  members: readonly MemberSummary[],
  all: readonly Column[],
  { colors, width }: { readonly colors: Colors; readonly width: number },
): string {
  const longest = Math.max(5, ...members.map(({ label }) => label.length));
  const columns = fitting(
    all.map((column) => fill(column, members)),
    width - Math.min(longest, NARROWEST_LABEL),
  );
  const room = width - widthOf(columns);
  const table = new Table({
    chars: BORDERLESS,
    style: { head: [], border: [], "padding-left": 0, "padding-right": 0 },
    head: ["Prior", ...columns.map(({ head }) => head)].map((text) =>
      colors.bold(text)
    ),
    colWidths: [
      Math.max(1, Math.min(longest, room)),
      ...columns.map(({ width }) => width + GAP),
    ],
    colAligns: ["left", ...columns.map(() => "right" as const)],
  });
  members.forEach((member, index) => {
    const cells = columns.map(({ cells, best }) => {
      const cell = cells[index] ?? "";
      return best.has(index) ? colors.bold(colors.green(cell)) : cell;
    });
    table.push([member.label, ...cells]);
  });
  return table.toString().replace(/ +$/gm, "");
}

/** A column with its texts, as wide as the widest. */
interface FilledColumn extends Pick<Column, "head" | "kind"> {
  readonly cells: readonly string[];
  readonly best: ReadonlySet<number>;
  readonly width: number;
}

function fill(
  column: Column,
  members: readonly MemberSummary[],
): FilledColumn {
  const values = members.map(column.value);
  const best = column.wanted === null
    ? new Set<number>()
    : bestOf(values, column.wanted, column.decimals);
  // The best is marked without colours too.
  const cells = values.map((value, index) =>
    `${value === null ? "-" : column.format(value)}${
      best.has(index) ? "*" : " "
    }`
  );
  const head = `${column.head} `;
  const width = Math.max(...[head, ...cells].map(({ length }) => length));
  return { kind: column.kind, head, cells, best, width };
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
