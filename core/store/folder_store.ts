/**
 * The store in a folder:
 *
 * ```text
 * <stage>/<key>/           value.json arrays.safetensors manifest.json and files
 * quarantine/              damaged artifacts
 * .drafts/ .attempts/ .locks/
 * ```
 *
 * @module
 */

import { randomUUID } from "node:crypto";
import { readdirSync } from "node:fs";
import { mkdir, rename, rm } from "node:fs/promises";
import { join, resolve } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { openAttemptFolder } from "./attempt_folder.ts";
import { createDraft, sweepDrafts } from "./draft.ts";
import { codeOf } from "./files.ts";
import { isKey, look, readAnyManifest, readVerified, statOf } from "./judge.ts";
import { sweepLocks, tryLockFile } from "./lock.ts";
import { explainRefusal } from "./refusal.ts";
import {
  type ArtifactAddress,
  type ArtifactStore,
  DamagedArtifactError,
  type Inspection,
} from "./store.ts";

/** An artifact that is replaced all the time is looked at so often. */
const LOOKS = 5;
const LOOK_MS = 20;
const NONE = "none";

/** Opens or creates the store in folder `root`. */
export function folderStore(root: string): ArtifactStore {
  const location = resolve(root);
  const drafts = join(location, ".drafts");
  const locks = join(location, ".locks");
  const directory = ({ stage, key }: ArtifactAddress) =>
    join(location, stage, key);
  const attempts = join(location, ".attempts");
  const attempt = ({ stage, key }: ArtifactAddress) =>
    join(attempts, stage, key);
  const tryLock = ({ stage, key }: ArtifactAddress) =>
    tryLockFile(join(locks, `${stage}-${key}`));

  /** Moves an artifact away, if it still is the one that was judged. */
  async function quarantine(
    address: ArtifactAddress,
    { problem, identity }: Judgement,
  ): Promise<void> {
    const shelf = join(location, "quarantine");
    const name = `${address.stage}-${address.key}-${randomUUID().slice(0, 8)}`;
    const shelved = join(shelf, name);
    try {
      await mkdir(shelf, { recursive: true });
      await rename(directory(address), shelved);
    } catch (error) {
      // Another process was quicker.
      if (codeOf(error) === "ENOENT") return;
      const what =
        `Cannot move the artifact of stage "${address.stage}", which is damaged (${problem}), to quarantine`;
      throw explainRefusal(error, { what, folder: location });
    }
    if (identityOf(shelved) === identity) return;
    // Another process has replaced it in between; its own is not ours to judge.
    await rename(shelved, directory(address)).catch(() =>
      rm(shelved, { recursive: true, force: true })
    );
  }

  /** Has `judge` look again where the artifact was replaced while it looked. */
  async function settle<T>(
    address: ArtifactAddress,
    judge: () => Promise<T | string>,
  ): Promise<{ readonly found: T } | Judgement> {
    for (let look = 1;; look++) {
      const identity = identityOf(directory(address));
      const found = await judge();
      if (typeof found !== "string") return { found };
      const isSame = identityOf(directory(address)) === identity;
      // One that is not there may be about to be put in its place.
      if (isSame && identity !== NONE || look === LOOKS) {
        return { problem: found, identity };
      }
      await delay(LOOK_MS);
    }
  }

  /** Errors of the file system, with what to do about them. */
  async function explained<T>(
    doing: string,
    work: () => Promise<T>,
  ): Promise<T> {
    try {
      return await work();
    } catch (error) {
      const what = `Cannot ${doing} the store`;
      throw explainRefusal(error, { what, folder: location });
    }
  }

  /** Removes attempts at what is there: their processes died in between. */
  async function sweepAttempts(): Promise<void> {
    for (const stage of listNames(attempts)) {
      for (const key of listNames(join(attempts, stage)).filter(isKey)) {
        const address = { stage, key };
        if (readAnyManifest(directory(address)) === null) continue;
        const lock = await tryLock(address);
        // Else somebody is making it anew.
        if (!lock.locked) continue;
        await rm(attempt(address), { recursive: true, force: true });
        await lock.release();
      }
    }
  }

  /** Puts an artifact back that somebody has moved away, if its place is free. */
  async function restore(artifact: string): Promise<void> {
    const manifest = readAnyManifest(artifact);
    if (manifest === null) return;
    await rename(artifact, directory(manifest)).catch(() => {});
  }

  return {
    location,
    directory,
    inspect: (address) =>
      explained("read", async (): Promise<Inspection> => {
        const folder = directory(address);
        const result = await settle(
          address,
          async () => look(folder, address),
        );
        if ("found" in result) return result.found;
        await quarantine(address, result);
        return { status: "damaged", problem: result.problem };
      }),
    read: (address) =>
      explained("read", async () => {
        const folder = directory(address);
        const result = await settle(
          address,
          () => readVerified(folder, address),
        );
        if ("found" in result) return result.found;
        await quarantine(address, result);
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
    sweep: async () => {
      try {
        if (!isClean(drafts)) await sweepDrafts(drafts, restore);
        if (!isClean(locks)) await sweepLocks(locks);
        await sweepAttempts();
      } catch {
        // In a store that is read-only, say, it can wait.
      }
    },
  };
}

/** What is wrong with an artifact, and with which one of that address. */
interface Judgement {
  readonly problem: string;
  readonly identity: string;
}

/** Of something that nobody depends on. */
function modified(path: string): number {
  try {
    return statOf(path)?.mtimeMs ?? 0;
  } catch {
    return 0;
  }
}

/** Tells a folder from another that was put in its place. */
function identityOf(folder: string): string {
  return String(statOf(folder)?.ino ?? NONE);
}

function isClean(folder: string): boolean {
  return listNames(folder).length === 0;
}

function listNames(folder: string): readonly string[] {
  try {
    return readdirSync(folder);
  } catch {
    return [];
  }
}
