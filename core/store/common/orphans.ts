/**
 * What lies in a store besides artifacts, and whether anybody may need it.
 *
 * @module
 */

import type { Orphan, OrphanKind } from "../admin.ts";
import type { Entry, Room, StoreBackend } from "../backend.ts";
import { addressOf, lockName } from "./names.ts";

/** What nobody has touched for so long, nobody is at. */
const ABANDONED_MS = 60 * 60 * 1000;

/** Everything that is no artifact. */
export async function findOrphans(
  backend: Pick<StoreBackend, "rooms" | "entries" | "heldLocks">,
): Promise<readonly Orphan[]> {
  const locks = await backend.heldLocks();
  const found = await Promise.all(backend.rooms.map(async (room) => {
    const entries = await backend.entries(room);
    return await Promise.all(entries.map(async (entry): Promise<Orphan> => {
      const { kind, path, bytes, modified } = entry;
      const busy = await room.isBusy?.(entry, locks) ?? false;
      return { kind, path, bytes, modified, address: addressOf(path), busy };
    }));
  }));
  return found.flat();
}

/** What an entry of a room is; null: none of the orphans. */
export function kindIn({ kind }: Room, path: string): OrphanKind | null {
  return typeof kind === "string" ? kind : kind(path);
}

/** Whether an entry is a lock that is held, or of an artifact whose lock is. */
export function isLocked(
  { path }: Pick<Entry, "path">,
  locks: ReadonlySet<string>,
): boolean {
  const address = addressOf(path);
  const name = address === null
    ? path.replace(/^.*\//, "").replace(/\.(?:lock|json)$/, "")
    : lockName(address);
  return locks.has(name);
}

/** Whether somebody may still be at an entry, for it was written of late. */
export function isYoung({ modified, changed = modified }: Entry): boolean {
  return Date.now() - Math.max(modified, changed) < ABANDONED_MS;
}
