/**
 * Plain columns for the terminal, cut to its width.
 *
 * @module
 */

import { oneLine } from "./printable.ts";

/** Options of {@link formatColumns}. */
export interface ColumnsOptions {
  /** Columns of the terminal; default as many as it takes. */
  readonly width?: number;
  /** Index of the column that gives way where there is too little room; default 0. */
  readonly flexible?: number;
  /** Indices of the columns that end on one line, numbers above all. */
  readonly right?: readonly number[];
  /** Colours a cell, which may not change its width; default none. */
  readonly paint?: (text: string, row: number, column: number) => string;
}

const GAP = "  ";
/** The flexible column keeps at least so much. */
const LEAST = 8;

/** One line a row; the first row may be titles. */
export function formatColumns(
  texts: readonly (readonly string[])[],
  {
    width = Infinity,
    flexible = 0,
    right = [],
    paint = (text) => text,
  }: ColumnsOptions = {},
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
  return rows.map((row, index) =>
    widths.map((room, i) => {
      const text = cut(row[i] ?? "", room);
      const rest = " ".repeat(room - text.length);
      const cell = paint(text, index, i);
      return right.includes(i) ? rest + cell : cell + rest;
    }).join(GAP).trimEnd()
  );
}

function cut(text: string, room: number): string {
  return text.length <= room ? text : `${text.slice(0, room - 1)}…`;
}
