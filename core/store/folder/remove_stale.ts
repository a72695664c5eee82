/**
 * Tidies a store up after processes that died.
 *
 * @module
 */

import { existsSync } from "node:fs";
import { rename, rm } from "node:fs/promises";
import { dirname, join } from "node:path";
import { isKey } from "../common/names.ts";
import { removeStaleDrafts } from "./draft.ts";
import { listNames } from "../../lib/tree.ts";
import { readAnyManifest } from "./artifact_files.ts";
import { makeFolder } from "../../lib/make_folder.ts";
import { removeStaleLocks } from "../../lib/lock.ts";
import type { FolderPaths } from "./paths.ts";
import type { ArtifactStore } from "../store.ts";

type TryLock = ArtifactStore["tryLock"];

/**
 * Removes drafts, locks and attempts that nobody needs any more, and puts back
 * what a dead process had moved out of the way. Never throws: in a store that
 * is read-only, say, it can wait.
 */
export async function removeStale(
  paths: FolderPaths,
  tryLock: TryLock,
): Promise<void> {
  const drafts = paths.room("drafts");
  const locks = paths.room("locks");
  try {
    // Nearly always there is nothing, and every run comes by.
    if (listNames(drafts).length > 0) {
      await removeStaleDrafts(drafts, (artifact) => restore(artifact, paths));
    }
    if (listNames(locks).length > 0) await removeStaleLocks(locks);
    await removeStaleAttempts(paths, tryLock);
  } catch {
    // The next run comes by, too.
  }
}

/** Puts an artifact back that somebody has moved away, if its place is free. */
async function restore(artifact: string, paths: FolderPaths): Promise<void> {
  const manifest = readAnyManifest(artifact);
  if (manifest === null) return;
  const place = paths.artifact(manifest);
  await makeFolder(dirname(place));
  await rename(artifact, place).catch((error) => {
    if (!existsSync(place)) throw error;
  });
}

/** Removes attempts at what is there: their processes died in between. */
async function removeStaleAttempts(
  paths: FolderPaths,
  tryLock: TryLock,
): Promise<void> {
  const attempts = paths.room("attempts");
  for (const stage of listNames(attempts)) {
    for (const key of listNames(join(attempts, stage)).filter(isKey)) {
      const address = { stage, key };
      if (readAnyManifest(paths.artifact(address)) === null) continue;
      const lock = await tryLock(address);
      // Else somebody is making it anew.
      if (!lock.locked) continue;
      await rm(paths.attempt(address), { recursive: true, force: true });
      await lock.release();
    }
  }
}
