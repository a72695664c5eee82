/**
 * Which artifacts of a store are used, and when last.
 *
 * @module
 */

import { readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { REPORT_FILES } from "../report/paths.ts";
import type { StoredReference } from "../store/care.ts";
import type { ArtifactStore } from "../store/store.ts";
import { findRuns, timeOf } from "./find_runs.ts";

/**
 * Key to the time of its last use, in milliseconds since 1970; infinite while a
 * live process needs it. Keys that no run refers to are not there.
 */
export type Usage = ReadonlyMap<string, number>;

/** Usage by the store's references and by the runs in the folder `outputs`. */
export async function usageOf(
  store: ArtifactStore,
  references: readonly StoredReference[],
  outputs: string,
): Promise<Usage> {
  const usage = new Map<string, number>();
  const use = (key: string, time: number) =>
    usage.set(key, Math.max(time, usage.get(key) ?? -Infinity));
  for (const { holds, working, used, artifacts } of references) {
    if (!holds) continue;
    for (const { key } of artifacts) use(key, working ? Infinity : used);
  }
  const { runs, unreadable } = await findRuns(outputs, store);
  for (const { record } of runs) {
    for (const { key } of record.stages) use(key, timeOf(record));
  }
  for (const { directory } of unreadable) {
    const { keys, time } = shownIn(directory);
    for (const key of keys) use(key, time);
  }
  return usage;
}

/** What a report without a record shows: one written before there were records. */
function shownIn(
  directory: string,
): { readonly keys: readonly string[]; readonly time: number } {
  const file = join(directory, REPORT_FILES.manifest);
  try {
    const { artifacts } = JSON.parse(readFileSync(file, "utf8"));
    return { keys: artifacts as string[], time: statSync(file).mtimeMs };
  } catch {
    return { keys: [], time: 0 };
  }
}
