/**
 * Which locks of a store are held, told without taking any.
 *
 * @module
 */

import { readdir } from "node:fs/promises";
import { join } from "node:path";
import { readHolder } from "./lock.ts";
import { isAlive } from "../owner.ts";

/**
 * Names of the locks in `folder` whose holders may live: `train-0a1b...`. One
 * of another host's process counts, and so does one that says nothing.
 */
export async function heldLocks(folder: string): Promise<ReadonlySet<string>> {
  const held = new Set<string>();
  for (const entry of await readdir(folder).catch(() => [])) {
    const name = /^(.*)\.lock$/.exec(entry)?.[1];
    if (name === undefined) continue;
    const holder = await readHolder(join(folder, entry)).catch(() => null);
    if (holder === null) continue;
    if (holder.owner === null || isAlive(holder.owner)) held.add(name);
  }
  return held;
}
