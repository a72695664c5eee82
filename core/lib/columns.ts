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
  const cuts = widths.map((room, i) =>
    cutterFor(rows.map((row) => row[i] ?? ""), room)
  );
  return rows.map((row, index) =>
    widths.map((room, i) => {
      const text = cuts[i]!(row[i] ?? "");
      const rest = " ".repeat(room - text.length);
      const cell = paint(text, index, i);
      return right.includes(i) ? rest + cell : cell + rest;
    }).join(GAP).trimEnd()
  );
}

/** How the texts of a column are cut: at the end, or in the middle where they begin alike. */
function cutterFor(
  texts: readonly string[],
  room: number,
): (text: string) => string {
  const different = new Set(texts).size;
  return new Set(texts.map((text) => cut(text, room, 0))).size === different
    ? (text) => cut(text, room, 0)
    : (text) => cut(text, room, Math.floor((room - 1) / 2));
}

/** At most `room` letters, of which the last `kept` are the text's own. */
function cut(text: string, room: number, kept: number): string {
  return text.length <= room
    ? text
    : `${text.slice(0, room - 1 - kept)}…${text.slice(text.length - kept)}`;
}
