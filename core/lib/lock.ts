/**
 * Locks of the file system, with word of who holds one.
 *
 * The lock is a folder with one file, whose name is the holder's token and
 * which says who that is. It is made elsewhere and appears by one rename, so
 * there is no lock without its holder's name; and it is broken by taking that
 * file away, so that nobody can break another's lock than the one he saw.
 *
 * The holder touches the file while it lives. A lock whose holder is known to
 * have died is taken over at once, any other (of another host's process, or one
 * that a container counts) when it was not touched for half a minute: of this
 * process's watching, for neither the file's times nor the system's clock can be
 * trusted to be those of the holder.
 *
 * @module
 */

import { randomUUID } from "node:crypto";
import {
  mkdir,
  readdir,
  readFile,
  rename,
  rm,
  rmdir,
  stat,
  unlink,
  utimes,
  writeFile,
} from "node:fs/promises";
import { dirname, join } from "node:path";
import { codeOf, ignoring } from "./files.ts";
import { makeFolder } from "./make_folder.ts";
import {
  isAlive,
  listAbandoned,
  type LockOwner,
  ownedName,
  type ProcessMark,
  self,
} from "./owner.ts";
import { isStale } from "./stale.ts";
import type { LockAttempt } from "./wait_for_lock.ts";

const LOCK = ".lock";
const TOUCH_MS = 5_000;
const ATTEMPTS = 10;

/**
 * Tries to take the lock `<path>.lock`. `onLost` is called where it turns out
 * that another has taken it over, after a machine that slept, say.
 */
export async function tryLockFile(
  path: string,
  onLost: () => void = () => {},
): Promise<LockAttempt> {
  const lock = `${path}${LOCK}`;
  await makeFolder(dirname(lock));
  for (let attempt = 1; attempt <= ATTEMPTS; attempt++) {
    const holder = await readHolder(lock);
    if (holder === null) {
      const file = await take(lock);
      if (file !== null) return { locked: true, release: hold(file, onLost) };
    } else if (!isStale({ id: holder.file, ...holder })) {
      return { locked: false, owner: holder.owner };
    } else {
      await remove(holder.file);
    }
  }
  // It changes hands faster than it can be looked at.
  return { locked: false, owner: null };
}

/** Removes the locks in `folder` whose holders have died, and half-made ones. */
export async function removeStaleLocks(folder: string): Promise<void> {
  for (const { path } of await listAbandoned(folder, { unnamed: true })) {
    // A lock's own folder is not touched, however long it is held.
    if (path.endsWith(LOCK)) continue;
    await rm(path, { recursive: true, force: true });
  }
  for (const name of await readdir(folder).catch(() => [])) {
    if (!name.endsWith(LOCK)) continue;
    const lock = join(folder, name);
    const holder = await readHolder(lock);
    if (holder === null) await removeEmpty(lock);
    else if (holder.owner !== null && !isAlive(holder.owner)) {
      await remove(holder.file);
    }
  }
}

/** Who holds a lock. */
interface Holder {
  /** The file within the lock, and with it the token. */
  readonly file: string;
  /** Changes with each touch. */
  readonly mark: string;
  /** When that was, by the holder's clock; in milliseconds since 1970. */
  readonly touched: number;
  /** Null where the disk has lost what the file said. */
  readonly owner: (LockOwner & ProcessMark) | null;
}

/** Who holds a lock; null: nobody. */
export async function readHolder(lock: string): Promise<Holder | null> {
  try {
    const [name] = await readdir(lock);
    if (name === undefined) return null;
    const file = join(lock, name);
    const { mtimeNs, ctimeNs } = await stat(file, { bigint: true });
    const text = await readFile(file, "utf8");
    return {
      file,
      mark: `${mtimeNs} ${ctimeNs}`,
      touched: Number(mtimeNs / 1_000_000n),
      owner: parseOwner(text),
    };
  } catch (error) {
    if (codeOf(error) === "ENOENT") return null;
    throw error;
  }
}

function parseOwner(text: string): (LockOwner & ProcessMark) | null {
  try {
    const owner = JSON.parse(text);
    return typeof owner?.pid === "number" && typeof owner.host === "string"
      ? owner
      : null;
  } catch {
    return null;
  }
}

/** Takes a free lock and gives its file; null: another was quicker. */
async function take(lock: string): Promise<string | null> {
  const draft = join(dirname(lock), ownedName("new"));
  const token = `${randomUUID()}.json`;
  try {
    await mkdir(draft);
    await writeFile(join(draft, token), JSON.stringify(self(), null, 2));
    await rename(draft, lock);
    return join(lock, token);
  } catch (error) {
    await rm(draft, { recursive: true, force: true }).catch(() => {});
    if (!isTaken(error)) throw error;
    // Where a folder cannot be put over an empty one, that must go first.
    await rmdir(lock).catch(() => {});
    return null;
  }
}

function isTaken(error: unknown): boolean {
  const codes = ["ENOTEMPTY", "EEXIST"];
  if (process.platform === "win32") codes.push("EPERM", "EACCES");
  return codes.includes(codeOf(error) ?? "");
}

/** Touches a lock from now on; the function given back lets go. */
function hold(file: string, onLost: () => void): () => Promise<void> {
  const timer = setInterval(() => {
    const now = new Date();
    utimes(file, now, now).catch((error) => {
      // A machine that slept loses its locks. Whoever took that of an artifact
      // computes the same, and the later commit replaces the earlier: no harm.
      if (codeOf(error) !== "ENOENT") return;
      clearInterval(timer);
      onLost();
    });
  }, TOUCH_MS);
  timer.unref();
  return async () => {
    clearInterval(timer);
    // If that fails, it is found not to be touched, or its holder to be dead.
    await remove(file).catch(() => {});
  };
}

/** Removes a lock, if it is still the one with this file. */
async function remove(file: string): Promise<void> {
  await unlink(file).catch(ignoring("ENOENT"));
  await removeEmpty(dirname(file));
}

/** Removes a lock's folder, unless somebody has taken the lock. */
async function removeEmpty(lock: string): Promise<void> {
  await rmdir(lock).catch(ignoring("ENOENT", "ENOTEMPTY", "EEXIST"));
}
