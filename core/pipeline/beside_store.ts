/**
 * What is remembered of sources beside a store.
 *
 * @module
 */

import { join } from "node:path";
import { localFolder } from "../store/local_folder.ts";
import { type SourceDigester, sourceDigester } from "./source/digest.ts";
import { type SourceHistory, sourceHistory } from "./source/history.ts";
import type { PlanInput } from "./types.ts";

/** What the sources of stored artifacts were. */
export function historyOf(
  config: Pick<PlanInput, "storeDirectory">,
): SourceHistory {
  return sourceHistory(join(localFolder(config.storeDirectory), ".sources"));
}

/** The source digester of a config, which remembers beside the store. */
export function digesterOf(
  config: Pick<PlanInput, "storeDirectory">,
): SourceDigester {
  return sourceDigester(
    join(localFolder(config.storeDirectory), ".sources.json"),
  );
}
