/**
 * The store in a folder; [paths.ts](paths.ts) says what lies where.
 *
 * @module
 */

import { rm } from "node:fs/promises";
import { join, resolve } from "node:path";
import type { ArtifactAddress } from "../artifact.ts";
import { isKey, lockName } from "../common/names.ts";
import { storeAdmin } from "../common/store_admin.ts";
import { DamagedArtifactError } from "../damaged.ts";
import { listNames } from "../../lib/tree.ts";
import type { ArtifactStore, Inspection } from "../store.ts";
import {
  look,
  readAnyManifest,
  readVerified,
  statOf,
} from "./artifact_files.ts";
import { openAttemptFolder } from "./attempt_folder.ts";
import { createDraft } from "./draft.ts";
import { folderBackend } from "./folder_backend.ts";
import { folderPaths } from "./paths.ts";
import { judge, quarantine } from "./quarantine.ts";
import { explainedIn, type StoreNames } from "../../lib/refusal.ts";
import { removeStale } from "./remove_stale.ts";

/** Opens or creates the store in folder `root`. */
export function folderStore(
  root: string,
  names: StoreNames = {},
): ArtifactStore {
  const location = resolve(root);
  const explained = explainedIn(location, names);
  const paths = folderPaths(location);
  const backend = folderBackend(paths, explained);
  const { artifact: directory, attempt } = paths;
  const tryLock = (address: ArtifactAddress) =>
    backend.tryLock(lockName(address));

  return {
    location,
    directory,
    place: directory,
    inspect: (address) =>
      explained("read", async (): Promise<Inspection> => {
        const folder = directory(address);
        const result = await judge(
          folder,
          async () => look(folder, address),
        );
        if ("found" in result) return result.found;
        await quarantine(paths, address, result);
        return { status: "damaged", problem: result.problem };
      }),
    read: (address) =>
      explained("read", async () => {
        const folder = directory(address);
        const result = await judge(
          folder,
          () => readVerified(folder, address),
        );
        if ("found" in result) return result.found;
        await quarantine(paths, address, result);
        throw new DamagedArtifactError(address, result.problem);
      }),
    draft: (address) =>
      explained("write to", async () => {
        const draft = await createDraft(paths, address);
        return {
          ...draft,
          commit: (value, record) =>
            explained("write to", () => draft.commit(value, record)),
        };
      }),
    attemptDirectory: (address) =>
      explained("write to", () => openAttemptFolder(attempt(address))),
    saveAttempt: () => Promise.resolve(),
    clearAttempt: (address) =>
      explained(
        "write to",
        () => rm(attempt(address), { recursive: true, force: true }),
      ),
    list: async (stage) => {
      const artifacts = listNames(join(location, stage)).filter(isKey)
        .flatMap((key) => {
          const folder = directory({ stage, key });
          const manifest = readAnyManifest(folder);
          if (manifest?.stage !== stage || manifest.key !== key) return [];
          const time = modified(join(folder, "manifest.json"));
          return [{ manifest, time }];
        });
      return artifacts.sort((a, b) => b.time - a.time);
    },
    tryLock: (address) => explained("write to", () => tryLock(address)),
    removeStale: () => removeStale(paths, tryLock),
    admin: storeAdmin(backend),
  };
}

/** Of something that nobody depends on. */
function modified(path: string): number {
  try {
    return statOf(path)?.mtimeMs ?? 0;
  } catch {
    return 0;
  }
}
