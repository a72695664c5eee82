/**
 * References in a folder, one small file each: which run, of which checkout,
 * needs which artifacts. A store that several checkouts share knows from them
 * what the others need.
 *
 * @module
 */

import { existsSync, readdirSync } from "node:fs";
import { mkdir, readdir, readFile, rm, stat, utimes } from "node:fs/promises";
import { hostname } from "node:os";
import { basename, dirname, join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import type { Reference, References, StoredReference } from "../care.ts";
import { replaceFile, sha256 } from "../files.ts";
import { tryLockFile } from "./lock.ts";
import { isAlive } from "./owner.ts";

/** How often the lock is tried. */
const POLL_MS = 50;

/** The references in folder `folder`; `lock` is the path of their lock. */
export function folderReferences(folder: string, lock: string): References {
  const fileOf = (reference: Pick<Reference, "run" | "record">) =>
    join(folder, `${idOf(reference)}.json`);

  async function exclusively<T>(work: () => Promise<T>): Promise<T> {
    await mkdir(folder, { recursive: true });
    for (;;) {
      const attempt = await tryLockFile(lock);
      if (!attempt.locked) {
        await delay(POLL_MS);
        continue;
      }
      try {
        return await work();
      } finally {
        await attempt.release();
      }
    }
  }

  return {
    exclusively,
    list: async () => {
      const names = await readdir(folder).catch(() => []);
      const found = await Promise.all(
        names.filter((name) => name.endsWith(".json")).sort()
          .map((name) => read(join(folder, name))),
      );
      return found.filter((reference) => reference !== null);
    },
    put: (reference) =>
      exclusively(() =>
        replaceFile(fileOf(reference), JSON.stringify(reference, null, 2))
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

/** One name for each run of each checkout. */
function idOf({ run, record }: Pick<Reference, "run" | "record">): string {
  return `${run}-${sha256(record).slice(0, 8)}`;
}

async function read(file: string): Promise<StoredReference | null> {
  try {
    const reference = JSON.parse(await readFile(file, "utf8")) as Reference;
    const { mtimeMs } = await stat(file);
    return {
      ...reference,
      id: basename(file, ".json"),
      used: mtimeMs,
      holds: holds(reference),
      working: isOwned(reference),
    };
  } catch {
    // Being written, or removed just now.
    return null;
  }
}

function isOwned({ owner }: Reference): boolean {
  return owner !== null && isAlive(owner);
}

function holds(reference: Reference): boolean {
  const { record, host } = reference;
  if (isOwned(reference)) return true;
  if (host !== hostname()) return true;
  return existsSync(record) || isBeingReplaced(record);
}

/** A report is replaced by two renames, between which it is not there. */
function isBeingReplaced(record: string): boolean {
  const folder = dirname(record);
  const drafts = [`.${basename(folder)}~`, `.${basename(folder)}.old~`];
  return existsSync(dirname(folder)) &&
    readdirSync(dirname(folder)).some((name) =>
      drafts.some((draft) => name.startsWith(draft))
    );
}
