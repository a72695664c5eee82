/**
 * Plain columns for the terminal, cut to its width.
 *
 * @module
 */

import { oneLine } from "../lib/printable.ts";

/** Options of {@link formatColumns}. */
export interface ColumnsOptions {
  /** Columns of the terminal. */
  readonly width: number;
  /** Index of the column that gives way where there is too little room. */
  readonly flexible: number;
  /** Indices of the columns that end on one line, numbers above all. */
  readonly right?: readonly number[];
}

const GAP = "  ";
/** The flexible column keeps at least so much. */
const LEAST = 8;

/** One line a row; the first row may be titles. */
export function formatColumns(
  texts: readonly (readonly string[])[],
  { width, flexible, right = [] }: ColumnsOptions,
): readonly string[] {
  const rows = texts.map((row) => row.map(oneLine));
  const count = Math.max(0, ...rows.map((row) => row.length));
  const widths = Array.from(
    { length: count },
    (_, i) => Math.max(0, ...rows.map((row) => (row[i] ?? "").length)),
  );
  const taken = widths.reduce((sum, one) => sum + one, 0) +
    GAP.length * (count - 1);
  const wanted = widths[flexible] ?? 0;
  widths[flexible] = Math.min(
    wanted,
    Math.max(LEAST, wanted - Math.max(0, taken - width)),
  );
  return rows.map((row) =>
    widths.map((room, i) => {
      const text = cut(row[i] ?? "", room);
      return right.includes(i) ? text.padStart(room) : text.padEnd(room);
    }).join(GAP).trimEnd()
  );
}

function cut(text: string, room: number): string {
  return text.length <= room ? text : `${text.slice(0, room - 1)}…`;
}
