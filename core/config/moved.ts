/**
 * Options that stages had once and values of axes have now.
 *
 * @module
 */

import type { Stage } from "../pipeline/stage.ts";

/** What to write for `values` of an option that a stage had once; undefined where it never had it. */
export function whereNow(
  { name: stage, moved = {} }: Pick<Stage, "name" | "moved">,
  option: string,
  values: readonly unknown[],
): string | undefined {
  if (!Object.hasOwn(moved, option)) return undefined;
  const { key, name, option: now } = moved[option]!;
  const entries = values.map((value) => [name, { [now]: value }]);
  return `"${stage}.${option}" is an option of ${key} now: write "${key}": ${
    JSON.stringify(entries.length === 1 ? entries[0] : entries)
  }, or --set '${key}=${
    JSON.stringify(entries.length === 1 ? entries[0] : entries)
  }'`;
}
