/**
 * Which artifacts of a store are used, and when last.
 *
 * @module
 */

import { readFileSync, statSync } from "node:fs";
import { readdir } from "node:fs/promises";
import { join } from "node:path";
import { messageOf, UserError } from "../lib/errors.ts";
import { REPORT_FILES } from "../report/paths.ts";
import type { StoredReference, UnreadableReference } from "../store/admin.ts";
import { codeOf } from "../lib/files.ts";
import { lookForRecord } from "../store/record_place.ts";
import type { ArtifactStore } from "../store/store.ts";
import { findRuns, timeOf } from "./find_runs.ts";

/**
 * Key to the time of its last use, in milliseconds since 1970; infinite while a
 * live process needs it. Keys that no run refers to are not there.
 */
export type Usage = ReadonlyMap<string, number>;

/**
 * Usage by the store's references and by the runs in the folder `outputs`.
 *
 * @throws {UserError} where one of them cannot be read: what it needs is not
 * known then, and none of it is garbage for that.
 */
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
  await mustBeReadable(join(outputs, "runs"), store);
  const { runs, unreadable } = await findRuns(outputs, store);
  for (const { record } of runs) {
    for (const { key } of record.stages) use(key, timeOf(record));
  }
  for (const { directory, problem } of unreadable) {
    const shown = shownIn(directory);
    for (const key of shown?.keys ?? []) use(key, shown!.time);
    const record = join(directory, REPORT_FILES.record);
    const isKnown = shown !== null ||
      lookForRecord({ record }) === "gone" ||
      references.some((reference) => reference.record === record);
    if (!isKnown) throw unknownNeeds(store, { place: directory, problem });
  }
  return usage;
}

/** That it is not known what something holds, which nobody can read. */
export function unknownNeeds(
  { location }: ArtifactStore,
  { place, problem }: UnreadableReference,
): UserError {
  return new UserError(
    `Cannot tell what can go from the store "${location}": "${place}" says what a run needs, and cannot be read (${problem})`,
    {
      hint:
        "Nothing was removed. Have its owner give you the right to read it, or move it away where that run is needed no more",
    },
  );
}

async function mustBeReadable(
  folder: string,
  store: ArtifactStore,
): Promise<void> {
  try {
    await readdir(folder);
  } catch (error) {
    if (["ENOENT", "ENOTDIR"].includes(codeOf(error) ?? "")) return;
    throw unknownNeeds(store, { place: folder, problem: messageOf(error) });
  }
}

/** What a report without a record shows: one written before there were records. */
function shownIn(
  directory: string,
): { readonly keys: readonly string[]; readonly time: number } | null {
  const file = join(directory, REPORT_FILES.manifest);
  try {
    const { artifacts } = JSON.parse(readFileSync(file, "utf8"));
    return { keys: artifacts as string[], time: statSync(file).mtimeMs };
  } catch {
    return null;
  }
}
