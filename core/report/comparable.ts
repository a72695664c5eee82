/**
 * Which figures compare at all.
 *
 * @module
 */

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
