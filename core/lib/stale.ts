/**
 * Whether a lock's holder has left it: told by what this process has watched,
 * for no clock and no time of a file can be trusted to be those of the holder.
 *
 * @module
 */

import { performance } from "node:perf_hooks";
import { isAlive, type ProcessMark } from "./owner.ts";

/** A lock as it is seen. */
interface SeenLock {
  /** Tells this holding of the lock from every other. */
  readonly id: string;
  /** Changes with each sign of life of the holder. */
  readonly mark: string;
  /** Null where it is not known. */
  readonly owner: ProcessMark | null;
}

const STALE_MS = 30_000;
/** A look counts for so much at most: this process may have been stopped. */
const LOOK_MS = 1_000;

/** What this process has seen of locks that it waits for. */
const watched = new Map<
  string,
  { readonly mark: string; readonly seen: number; readonly untouched: number }
>();

/**
 * Whether the holder is known to have died, or has given no sign of life for
 * half a minute of this process's watching.
 */
export function isStale({ id, mark, owner }: SeenLock): boolean {
  if (owner !== null && !isAlive(owner)) return true;
  const seen = performance.now();
  const before = watched.get(id);
  const untouched = before?.mark === mark
    ? before.untouched + Math.min(seen - before.seen, LOOK_MS)
    : 0;
  watched.set(id, { mark, seen, untouched });
  return untouched > STALE_MS;
}
