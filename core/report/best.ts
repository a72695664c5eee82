/**
 * Which of several figures is the best, and which figures compare at all.
 *
 * @module
 */

/**
 * Places of the best values: all that look the same at so many decimals, none
 * where fewer than two values compare.
 */
export function bestOf(
  values: readonly (number | null)[],
  wanted: "high" | "low",
  decimals = 2,
): ReadonlySet<number> {
  const finite = values.filter((value) =>
    value !== null && Number.isFinite(value)
  ) as number[];
  if (finite.length < 2) return new Set();
  const best = wanted === "high" ? Math.max(...finite) : Math.min(...finite);
  const places = values.flatMap((value, index) =>
    value !== null && value.toFixed(decimals) === best.toFixed(decimals)
      ? [index]
      : []
  );
  return new Set(places);
}

/**
 * Splits trials by the kind of their figures, for those of different kinds never
 * share a table: of images made binary in different ways, say. Trials without figures (null) stay with the first kind.
 */
export function comparable<Item>(
  items: readonly Item[],
  kindOf: (item: Item) => string | null,
): readonly (readonly Item[])[] {
  const first = items.map(kindOf).find((kind) => kind !== null) ?? "";
  const groups = new Map<string, Item[]>();
  for (const item of items) {
    const kind = kindOf(item) ?? first;
    groups.set(kind, [...groups.get(kind) ?? [], item]);
  }
  return [...groups.values()];
}
