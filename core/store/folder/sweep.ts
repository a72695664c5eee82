/**
 * Tidies a store up after processes that died.
 *
 * @module
 */

import { existsSync } from "node:fs";
import { rename, rm } from "node:fs/promises";
import { dirname, join } from "node:path";
import { sweepDrafts } from "./draft.ts";
import { listNames } from "../../lib/files.ts";
import { isKey, readAnyManifest } from "./artifact_files.ts";
import { makeFolder } from "../../lib/make_folder.ts";
import { sweepLocks } from "./lock.ts";
import type { ArtifactStore } from "../store.ts";

type SweptStore = Pick<ArtifactStore, "location" | "directory" | "tryLock">;

/**
 * Removes drafts, locks and attempts that nobody needs any more, and puts back
 * what a dead process had moved out of the way. Never throws: in a store that
 * is read-only, say, it can wait.
 */
export async function sweepStore(store: SweptStore): Promise<void> {
  const drafts = join(store.location, ".drafts");
  const locks = join(store.location, ".locks");
  try {
    // Nearly always there is nothing, and every run comes by.
    if (listNames(drafts).length > 0) {
      await sweepDrafts(drafts, (artifact) => restore(artifact, store));
    }
    if (listNames(locks).length > 0) await sweepLocks(locks);
    await sweepAttempts(store);
  } catch {
    // The next run comes by, too.
  }
}

/** Puts an artifact back that somebody has moved away, if its place is free. */
async function restore(artifact: string, store: SweptStore): Promise<void> {
  const manifest = readAnyManifest(artifact);
  if (manifest === null) return;
  const place = store.directory(manifest);
  await makeFolder(dirname(place));
  await rename(artifact, place).catch((error) => {
    if (!existsSync(place)) throw error;
  });
}

/** Removes attempts at what is there: their processes died in between. */
async function sweepAttempts(store: SweptStore): Promise<void> {
  const attempts = join(store.location, ".attempts");
  for (const stage of listNames(attempts)) {
    for (const key of listNames(join(attempts, stage)).filter(isKey)) {
      const address = { stage, key };
      if (readAnyManifest(store.directory(address)) === null) continue;
      const lock = await store.tryLock(address);
      // Else somebody is making it anew.
      if (!lock.locked) continue;
      await rm(join(attempts, stage, key), { recursive: true, force: true });
      await lock.release();
    }
  }
}
