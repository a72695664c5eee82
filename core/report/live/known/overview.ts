/**
 * The runs of a folder of outputs, read again only when something has changed.
 *
 * @module
 */

import { stat } from "node:fs/promises";
import { join } from "node:path";
import { REPORT_FILES } from "../../paths.ts";
import {
  findRuns,
  type FoundRuns,
  runFolders,
} from "../../../runs/find_runs.ts";
import type { ArtifactStore } from "../../../store/store.ts";

/** Gives the runs as they are now. */
export type OverviewReader = () => Promise<FoundRuns>;

/** A reader of the runs in the folder `outputs`. */
export function overviewReader(
  outputs: string,
  store: ArtifactStore,
): OverviewReader {
  let known: FoundRuns | undefined;
  let knownMarks = "";
  return async () => {
    const marks = await marksOf(outputs, store);
    if (known === undefined || marks !== knownMarks) {
      known = await findRuns(outputs, store);
      knownMarks = marks;
    }
    return known;
  };
}

/** What changes when a record does, or when somebody begins or ends a run. */
async function marksOf(outputs: string, store: ArtifactStore) {
  const references = await store.admin.references.list();
  const working = references.filter(({ working }) => working)
    .map(({ record }) => record);
  const folder = join(outputs, "runs");
  const records = (await runFolders(folder)).map(async (id) => {
    const found = await stat(join(folder, id, REPORT_FILES.record))
      .catch(() => null);
    return [id, found?.mtimeMs, found?.size, found?.ino];
  });
  return JSON.stringify([working, await Promise.all(records)]);
}
