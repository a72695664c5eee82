/**
 * References in a folder, one small file each: which run, of which checkout,
 * needs which artifacts. A store that several checkouts share knows from them
 * what the others need.
 *
 * @module
 */

import { existsSync } from "node:fs";
import { readdir, readFile, rm, stat, utimes } from "node:fs/promises";
import { basename, join } from "node:path";
import { messageOf } from "../../lib/errors.ts";
import type {
  Reference,
  References,
  StoredReference,
  UnreadableReference,
} from "../care.ts";
import { codeOf, replaceFile } from "../../lib/files.ts";
import { makeFolder } from "../../lib/make_folder.ts";
import { tryLockFile } from "./lock.ts";
import { readReference, referenceId } from "../references.ts";
import { withLock } from "../wait_for_lock.ts";
import type { Explained } from "../../lib/refusal.ts";

/** How often the lock is tried. */
const POLL_MS = 50;

/** What {@link folderReferences} has of the store. */
export interface FolderReferencesOptions {
  readonly folder: string;
  /** Path of their lock. */
  readonly lock: string;
  readonly explained: Explained;
}

/** The references in a folder. */
export function folderReferences(
  { folder, lock, explained }: FolderReferencesOptions,
): References {
  const fileOf = (reference: Pick<Reference, "run" | "record">) =>
    join(folder, `${referenceId(reference)}.json`);

  async function exclusively<T>(work: () => Promise<T>): Promise<T> {
    await makeFolder(folder);
    return await withLock(() => tryLockFile(lock), POLL_MS, work);
  }

  return {
    exclusively,
    list: async (tell = () => {}) => {
      const names = await readdir(folder).catch((error) => {
        if (codeOf(error) !== "ENOENT") {
          tell({ place: folder, problem: messageOf(error) });
        }
        return [];
      });
      const found = await Promise.all(
        names.filter((name) => name.endsWith(".json")).sort()
          .map((name) => read(join(folder, name), tell)),
      );
      return found.filter((reference) => reference !== null);
    },
    put: (reference) =>
      explained(
        "write to",
        () =>
          exclusively(() =>
            replaceFile(fileOf(reference), JSON.stringify(reference, null, 2))
          ),
      ),
    has: (reference) => Promise.resolve(existsSync(fileOf(reference))),
    touch: async (reference) => {
      const now = new Date();
      // It is for the order of removal alone; a shared store may be read-only.
      await utimes(fileOf(reference), now, now).catch(() => {});
    },
    remove: async (ids) => {
      for (const id of ids) {
        await rm(join(folder, `${id}.json`), { force: true });
      }
    },
  };
}

async function read(
  file: string,
  tell: (unreadable: UnreadableReference) => void,
): Promise<StoredReference | null> {
  try {
    const text = await readFile(file, "utf8");
    const { mtimeMs } = await stat(file);
    const id = basename(file, ".json");
    return readReference(text, { id, used: mtimeMs });
  } catch (error) {
    // That it was removed just now is nothing.
    if (codeOf(error) !== "ENOENT") {
      tell({ place: file, problem: messageOf(error) });
    }
    return null;
  }
}
