/**
 * The store in a folder:
 *
 * ```text
 * <stage>/<key>/           value.json arrays.safetensors manifest.json and files
 * quarantine/              damaged artifacts
 * .drafts/ .attempts/ .locks/ .references/ .trash/
 * ```
 *
 * @module
 */

import { rm } from "node:fs/promises";
import { join, resolve } from "node:path";
import { openAttemptFolder } from "./attempt_folder.ts";
import { createDraft } from "./draft.ts";
import { listNames } from "../../lib/files.ts";
import {
  isKey,
  look,
  readAnyManifest,
  readVerified,
  statOf,
} from "./artifact_files.ts";
import { tryLockFile } from "./lock.ts";
import { judge, quarantine } from "./quarantine.ts";
import { folderCare } from "./folder_care.ts";
import { explainedIn, type StoreNames } from "../../lib/refusal.ts";
import { DamagedArtifactError } from "../damaged.ts";
import type { ArtifactAddress, ArtifactStore, Inspection } from "../store.ts";
import { sweepStore } from "./sweep.ts";

/** Opens or creates the store in folder `root`. */
export function folderStore(
  root: string,
  names: StoreNames = {},
): ArtifactStore {
  const location = resolve(root);
  const explained = explainedIn(location, names);
  const drafts = join(location, ".drafts");
  const directory = ({ stage, key }: ArtifactAddress) =>
    join(location, stage, key);
  const attempt = ({ stage, key }: ArtifactAddress) =>
    join(location, ".attempts", stage, key);
  const tryLock = ({ stage, key }: ArtifactAddress) =>
    tryLockFile(join(location, ".locks", `${stage}-${key}`));

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
        await quarantine(location, address, result);
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
        await quarantine(location, address, result);
        throw new DamagedArtifactError(address, result.problem);
      }),
    draft: (address) =>
      explained("write to", async () => {
        const options = { drafts, target: directory(address), address };
        const draft = await createDraft(options);
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
    sweep: () => sweepStore({ location, directory, tryLock }),
    care: folderCare({ location, directory, attempt, explained }),
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
