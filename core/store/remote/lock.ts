/**
 * Locks in a store of objects: one object each, which says who holds it, and
 * which is written anew every few seconds while that one lives.
 *
 * It is made and taken over by conditional writes, so that of several one
 * succeeds. The clock of nobody matters: see `stale.ts`.
 *
 * @module
 */

import { randomUUID } from "node:crypto";
import { isAlive, type ProcessMark, self, SILENT_MS } from "../../lib/owner.ts";
import { isStale } from "../../lib/stale.ts";
import type { LockOwner } from "../../lib/owner.ts";
import type { LockAttempt } from "../../lib/wait_for_lock.ts";
import type { Objects } from "./objects.ts";
import { lockPath, ROOMS } from "./paths.ts";
import { probe } from "./probe.ts";

/** Locks of a store, by their names. */
export interface RemoteLocks {
  /** @throws {UserError} Where the service heeds no condition of a write. */
  tryLock(name: string): Promise<LockAttempt>;
  /** Names of those whose holders may live. */
  held(): Promise<ReadonlySet<string>>;
}

const BEAT_MS = 5_000;
const ATTEMPTS = 10;

/** The locks of a store. */
export function remoteLocks(objects: Objects): RemoteLocks {
  let probed: Promise<void> | undefined;
  return {
    tryLock: async (name) => {
      probed ??= probe(objects);
      await probed.catch((error) => {
        probed = undefined;
        throw error;
      });
      return await tryLock(lockPath(name), objects);
    },
    held: async () => {
      const found = await objects.list(ROOMS.locks);
      const names = await Promise.all(found.map(async ({ path, modified }) => {
        const holder = await readHolder(path, objects);
        const silent = Date.now() - modified > SILENT_MS;
        const held = holder !== null && !silent &&
          (holder.owner === null || isAlive(holder.owner));
        const name = path.slice(ROOMS.locks.length).replace(/\.json$/, "");
        return held ? [name] : [];
      }));
      return new Set(names.flat());
    },
  };
}

async function tryLock(path: string, objects: Objects): Promise<LockAttempt> {
  const claim = { token: randomUUID(), owner: self() };
  const { token } = claim;
  for (let attempt = 1; attempt <= ATTEMPTS; attempt++) {
    const holder = await readHolder(path, objects);
    if (holder !== null && holder.token !== token) {
      const { etag: mark, owner } = holder;
      const id = `${objects.location}/${path}#${holder.token}`;
      if (!isStale({ id, mark, owner })) return { locked: false, owner };
    }
    // Where the answer to a write was lost, the lock is this process's already.
    const etag = holder?.token === token
      ? holder.etag
      : await objects.put(path, textOf(claim, 0), {
        only: holder === null ? "new" : { etag: holder.etag },
      });
    if (etag !== null) {
      return { locked: true, release: hold({ path, etag, ...claim }, objects) };
    }
  }
  // It changes hands faster than it can be looked at.
  return { locked: false, owner: null };
}

/** What a lock says. */
interface Claim {
  readonly token: string;
  readonly owner: LockOwner & ProcessMark;
}

interface Holding extends Claim {
  readonly path: string;
  readonly etag: string;
}

/** Gives signs of life from now on; the function given back lets go. */
function hold(
  { path, etag, ...claim }: Holding,
  objects: Objects,
): () => Promise<void> {
  let mark: string | null = etag;
  let beats = 0;
  let beating: Promise<void> | null = null;
  const beat = async () => {
    if (mark === null) return;
    const next = await objects.put(path, textOf(claim, ++beats), {
      only: { etag: mark },
      persistent: false,
    });
    if (next !== null) {
      mark = next;
      return;
    }
    // An earlier write of ours whose answer was lost, or another's, who has
    // taken the lock of a machine that slept: both compute the same artifact.
    const holder = await readHolder(path, objects);
    mark = holder?.token === claim.token ? holder.etag : null;
  };
  const timer = setInterval(() => {
    beating ??= beat().catch(() => {}).finally(() => {
      beating = null;
    });
  }, BEAT_MS);
  timer.unref();
  return async () => {
    clearInterval(timer);
    await beating;
    try {
      // The lock is removed by him alone who has just been seen to hold it.
      await beat();
      if (mark !== null) await objects.remove([path]);
    } catch {
      // It falls silent, or its holder is dead: others will see.
    }
  };
}

interface RemoteHolder {
  readonly token: string;
  readonly etag: string;
  /** Null where the object says nothing of the kind. */
  readonly owner: (LockOwner & ProcessMark) | null;
}

async function readHolder(
  path: string,
  objects: Objects,
): Promise<RemoteHolder | null> {
  const found = await objects.get(path);
  if (found === null || found === "same") return null;
  const { bytes, etag } = found;
  try {
    const { token, owner } = JSON.parse(Buffer.from(bytes).toString("utf8"));
    const isOwner = typeof owner.pid === "number" &&
      typeof owner.host === "string";
    return { token: String(token), etag, owner: isOwner ? owner : null };
  } catch {
    return { token: "", etag, owner: null };
  }
}

/** Every text is another one, and so is its ETag. */
function textOf(claim: Claim, beat: number): string {
  return JSON.stringify({ ...claim, beat }, null, 2);
}
