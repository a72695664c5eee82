/**
 * One lock an artifact, with word of who holds it.
 *
 * The lock is a folder that its holder touches while alive; a note beside it
 * says who that is. A lock whose holder died on this host is taken over at
 * once, any other after half a minute without a touch.
 *
 * @module
 */

import { mkdir, readFile, rm, rmdir } from "node:fs/promises";
import { hostname } from "node:os";
import { basename, dirname } from "node:path";
import { codeOf, replaceFile } from "./files.ts";
import type { LockAttempt, LockOwner } from "./store.ts";

const STALE_MS = 30_000;
const UPDATE_MS = 5_000;

/** Tries to take the lock `<path>.lock`, noted in `<path>.json`. */
export async function tryLockFile(path: string): Promise<LockAttempt> {
  await mkdir(dirname(path), { recursive: true });
  const first = await acquire(path);
  if (first.locked) return first;
  if (first.owner === null || isAlive(first.owner)) return first;
  await breakLock(path);
  return await acquire(path);
}

/** Whether the process of a lock or a draft may still run. */
export function isAlive(
  process_: { readonly pid: number; readonly host: string },
): boolean {
  if (process_.host !== hostname()) return true;
  try {
    process.kill(process_.pid, 0);
    return true;
  } catch (error) {
    return codeOf(error) !== "ESRCH";
  }
}

async function acquire(path: string): Promise<LockAttempt> {
  const release = await lock(`${path}.lock`);
  if (release === null) return { locked: false, owner: await readOwner(path) };
  try {
    await replaceFile(`${path}.json`, JSON.stringify(self(), null, 2));
  } catch (error) {
    await release();
    throw error;
  }
  return {
    locked: true,
    release: async () => {
      // The note goes first: a note without a lock says nothing, while a stale
      // note beside the next holder's lock would name the wrong process.
      await rm(`${path}.json`, { force: true });
      await release();
    },
  };
}

/** Removes a dead process's lock; one process at a time, by a lock of its own. */
async function breakLock(path: string): Promise<void> {
  const release = await lock(`${path}.break`);
  if (release === null) return;
  try {
    const owner = await readOwner(path);
    // Without a note another process has been here before us.
    if (owner === null || isAlive(owner)) return;
    await rm(`${path}.json`, { force: true });
    await rmdir(`${path}.lock`).catch((error) => {
      if (codeOf(error) !== "ENOENT") throw error;
    });
  } finally {
    await release();
  }
}

async function lock(
  lockfilePath: string,
): Promise<(() => Promise<void>) | null> {
  const { default: lockfile } = await import("proper-lockfile");
  try {
    const release = await lockfile.lock(lockfilePath, {
      lockfilePath,
      realpath: false,
      stale: STALE_MS,
      update: UPDATE_MS,
      // A suspended machine loses its locks. Whoever took them computes the
      // same artifact, and the later commit replaces the earlier: no harm.
      onCompromised: () => {},
    });
    return async () => {
      await release().catch((error) => {
        if (codeOf(error) !== "ERELEASED" && codeOf(error) !== "ENOTACQUIRED") {
          throw error;
        }
      });
    };
  } catch (error) {
    if (codeOf(error) === "ELOCKED") return null;
    throw error;
  }
}

async function readOwner(path: string): Promise<LockOwner | null> {
  try {
    const owner = JSON.parse(await readFile(`${path}.json`, "utf8"));
    return typeof owner?.pid === "number" && typeof owner.host === "string"
      ? owner as LockOwner
      : null;
  } catch {
    // The holder is between two steps, or has just let go.
    return null;
  }
}

function self(): LockOwner {
  const [, script = "", ...words] = process.argv;
  return {
    pid: process.pid,
    host: hostname(),
    since: new Date().toISOString(),
    command: [basename(script), ...words].join(" "),
  };
}
