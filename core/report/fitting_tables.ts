/**
 * Columns of a table, in as many tables below each other as it takes for them
 * to fit a terminal.
 *
 * @module
 */

/** Between columns. */
const GAP = "   ";

/**
 * The lines of the tables, each after an empty one.
 *
 * @param names The first column, with its heading; every table has it.
 * @param columns The others, with their headings.
 */
export function fittingTables(
  names: readonly string[],
  columns: readonly (readonly string[])[],
  width: number,
): readonly string[] {
  const first = aligned(names, "left");
  const tables: (readonly string[])[][] = [];
  let room = 0;
  for (const texts of columns) {
    const next = aligned(texts, "right");
    const taken = GAP.length + next[0]!.length;
    if (taken > room) {
      tables.push([]);
      room = width - first[0]!.length;
    }
    tables.at(-1)!.push(next);
    room -= taken;
  }
  return tables.flatMap((columns) => [
    "",
    ...first.map((name, row) =>
      [name, ...columns.map((one) => one[row]!)].join(GAP)
    ),
  ]);
}

/** Texts as wide as the widest. */
function aligned(
  texts: readonly string[],
  side: "left" | "right",
): readonly string[] {
  const width = Math.max(...texts.map(({ length }) => length));
  return texts.map((text) =>
    side === "left" ? text.padEnd(width) : text.padStart(width)
  );
}
