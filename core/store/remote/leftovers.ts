/**
 * What lies in a store of objects besides artifacts, and what of this machine's
 * cache nobody needs any more.
 *
 * @module
 */

import type { Leftover } from "../care.ts";
import type { ArtifactAddress, ArtifactStore } from "../store.ts";
import { groupBy, type InventoryOptions, takeInventory } from "./inventory.ts";
import type { Manifests } from "./manifests.ts";
import type { ListedObject } from "./objects.ts";
import { addressOf, lockName, nameOf, ROOMS } from "./paths.ts";

/** What {@link remoteLeftovers} works with. */
export interface LeftoversOptions extends InventoryOptions {
  readonly cache: ArtifactStore;
}

/** Before the path of a leftover that lies in the cache. */
export const HERE = "cache/";
/** What nobody has touched for so long, nobody is at. */
const ABANDONED_MS = 60 * 60 * 1000;

/** Everything that is no artifact. */
export async function remoteLeftovers(
  options: LeftoversOptions,
): Promise<readonly Leftover[]> {
  const { objects, locks, cache, manifests } = options;
  // What is here first: a copy is there no sooner than its original.
  const copies = manifests.kept();
  const cached = await cache.care.list();
  const ours = await cache.care.leftovers();
  const [held, inventory, ...rooms] = await Promise.all([
    locks.list(),
    takeInventory(options),
    objects.list(ROOMS.attempts),
    objects.list(ROOMS.quarantine),
    objects.list(ROOMS.probes),
  ]);
  const [attempts = [], shelf = [], probes = []] = rooms;
  const isHeld = (address: ArtifactAddress | null) =>
    address !== null && (held.get(lockName(address))?.held ?? false);
  const found: Leftover[] = [];
  for (const [name, own] of inventory.strangers) {
    const address = addressOf(own[0]!.path);
    const path = `${ROOMS.files}${name}`;
    const busy = isHeld(address) || own.some(isYoung);
    found.push({ kind: "draft", path, ...sumOf(own), address, busy });
  }
  const tried = groupBy(attempts, ({ path }) => folderOf(path, 3));
  for (const [path, own] of tried) {
    const address = addressOf(own[0]!.path);
    const busy = isHeld(address);
    found.push({ kind: "attempt", path, ...sumOf(own), address, busy });
  }
  for (const { held: busy, path, bytes, modified } of held.values()) {
    found.push({ kind: "lock", path, bytes, modified, address: null, busy });
  }
  for (const [path, own] of groupBy(shelf, ({ path }) => folderOf(path, 2))) {
    const address = addressIn(path);
    found.push({
      kind: "quarantine",
      path,
      ...sumOf(own),
      address,
      busy: false,
    });
  }
  for (const object of probes) {
    const busy = isYoung(object);
    const { path } = object;
    found.push({
      kind: "trash",
      path,
      ...sumOf([object]),
      address: null,
      busy,
    });
  }
  for (const leftover of ours) {
    const { kind, path, address } = leftover;
    // One that is in the store as well has been named.
    if (kind === "attempt" && tried.has(path.replace(/^\./, ""))) continue;
    const busy = leftover.busy || isHeld(address);
    found.push({ ...leftover, path: `${HERE}${path}`, busy });
  }
  const there = new Set(
    inventory.artifacts.map(({ address }) => nameOf(address)),
  );
  const sizes = new Map(
    cached.map((artifact) => [nameOf(artifact.address), artifact] as const),
  );
  for (const [name, address] of addresses(copies, cached)) {
    if (there.has(name)) continue;
    const { bytes = 0, modified = 0 } = sizes.get(name) ?? {};
    const path = `${HERE}${name}`;
    found.push({ kind: "copy", path, bytes, modified, address, busy: false });
  }
  return found;
}

function addresses(
  copies: ReturnType<Manifests["kept"]>,
  cached: readonly { readonly address: ArtifactAddress }[],
): ReadonlyMap<string, ArtifactAddress> {
  return new Map(
    [...copies, ...cached.map(({ address }) => address)]
      .map((address) => [nameOf(address), address]),
  );
}

function sumOf(objects: readonly ListedObject[]) {
  return {
    bytes: objects.reduce((sum, { size }) => sum + size, 0),
    modified: Math.max(...objects.map(({ modified }) => modified)),
  };
}

function isYoung({ modified }: ListedObject): boolean {
  return Date.now() - modified < ABANDONED_MS;
}

/** The first parts of a path. */
function folderOf(path: string, parts: number): string {
  return path.split("/").slice(0, parts).join("/");
}

/** `quarantine/train-<key>-<8 digits>`. */
function addressIn(path: string): ArtifactAddress | null {
  const match = /^[^/]+\/(.+)-([0-9a-f]{64})-[0-9a-f]{8}$/.exec(path);
  return match === null ? null : { stage: match[1]!, key: match[2]! };
}
