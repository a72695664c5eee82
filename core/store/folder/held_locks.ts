/**
 * Which locks of a store are held, told without taking any.
 *
 * @module
 */

import { readdir } from "node:fs/promises";
import { join } from "node:path";
import { ignoring } from "../../lib/files.ts";
import { readHolder } from "../../lib/lock.ts";
import { judge, SILENT_MS } from "../../lib/owner.ts";

/**
 * Names of the locks in `folder` whose holders may live: `train-0a1b...`. One
 * that cannot be judged or read counts, until it was silent for an hour.
 *
 * @throws what the file system says, where the folder cannot be read.
 */
export async function heldLocks(folder: string): Promise<ReadonlySet<string>> {
  const held = new Set<string>();
  const entries = await readdir(folder).catch(ignoring("ENOENT", "ENOTDIR"));
  for (const entry of entries ?? []) {
    const name = /^(.*)\.lock$/.exec(entry)?.[1];
    if (name !== undefined && await isHeld(join(folder, entry))) held.add(name);
  }
  return held;
}

async function isHeld(lock: string): Promise<boolean> {
  // What may not be read is held: it is not free for that.
  const holder = await readHolder(lock).catch(() => "unreadable" as const);
  if (holder === null || holder === "unreadable") return holder !== null;
  const verdict = holder.owner === null ? "unknown" : judge(holder.owner);
  return verdict === "unknown"
    ? Date.now() - holder.touched < SILENT_MS
    : verdict === "lives";
}
