/**
 * The objects of a service as the place of a store; drafts and attempts lie in
 * the cache of this machine.
 *
 * What is taken away goes with its files at once, while no run can refer to it:
 * the same artifact, made again, has the same files in the same place.
 *
 * @module
 */

import { createHash } from "node:crypto";
import type { Orphan } from "../admin.ts";
import type { ArtifactAddress } from "../artifact.ts";
import type { Entry, Room, StoreBackend } from "../backend.ts";
import { isLocked, isYoung, kindIn } from "../common/orphans.ts";
import type { FolderPaths } from "../folder/paths.ts";
import type { Explained } from "../../lib/refusal.ts";
import { groupBy, type InventoryOptions, takeInventory } from "./inventory.ts";
import type { RemoteLocks } from "./lock.ts";
import type { ListedObject } from "./objects.ts";
import { filesPath, manifestPath, ROOMS } from "./paths.ts";
import { smallObjects } from "./small_objects.ts";
import { uploadArtifact } from "./upload.ts";

/** What {@link objectsBackend} works with. */
interface ObjectsBackendOptions extends InventoryOptions {
  readonly locks: RemoteLocks;
  /** The cache's. */
  readonly paths: FolderPaths;
  /** Explains what goes wrong in the cache. */
  readonly explained: Explained;
}

/** Files of uploads that are not complete, or broke off. */
const UPLOADS: Room = {
  path: ROOMS.files,
  levels: 2,
  kind: "draft",
  isBusy: (entry, locks) => isLocked(entry, locks) || isYoung(entry),
};
const OBJECT_ROOMS: readonly Room[] = [
  UPLOADS,
  { path: ROOMS.attempts, levels: 2, kind: "attempt", isBusy: isLocked },
  { path: ROOMS.locks, kind: "lock", isBusy: isLocked },
  { path: ROOMS.quarantine, kind: "quarantine" },
  { path: ROOMS.probes, kind: "trash", isBusy: isYoung },
];

/** The store's objects, as what looks after it sees them. */
export function objectsBackend(options: ObjectsBackendOptions): StoreBackend {
  const { objects, manifests, locks, paths, explained } = options;

  /** Objects that lie where an artifact's files do, and are nobody's. */
  async function strangers(
    only?: ArtifactAddress,
  ): Promise<readonly ListedObject[]> {
    return (await takeInventory(options, only)).strangers;
  }

  async function entries(room: Room): Promise<readonly Entry[]> {
    const found = room === UPLOADS
      ? await strangers()
      : await objects.list(room.path);
    const parts = 1 + (room.levels ?? 1);
    const groups = groupBy(
      found,
      ({ path }) => path.split("/").slice(0, parts).join("/"),
    );
    return [...groups].flatMap(([path, own]) => {
      const kind = kindIn(room, path);
      return kind === null ? [] : [{
        kind,
        path,
        bytes: own.reduce((sum, { size }) => sum + size, 0),
        modified: Math.max(...own.map(({ modified }) => modified)),
      }];
    });
  }

  async function removeOrphan(
    { kind, path, address }: Orphan,
  ): Promise<void> {
    // Somebody may have taken it meanwhile.
    if (kind === "lock" && isLocked({ path }, await locks.held())) return;
    const found = kind === "draft" && address !== null
      ? await strangers(address)
      : await objects.list(path);
    await objects.remove(found.map((object) => object.path));
  }

  return {
    explained,
    paths,
    tryLock: locks.tryLock,
    pollMs: 300,
    heldLocks: locks.held,
    artifacts: async (only) => (await takeInventory(options, only)).artifacts,
    digestOf: (address, _, { sha256 }) =>
      objects.persist(async () => {
        const content = await objects.open(filesPath(address) + sha256);
        if (content === null) return null;
        const hash = createHash("sha256");
        for await (const chunk of content) hash.update(chunk);
        return hash.digest("hex");
      }),
    readFile,
    removeArtifact: async (address) => {
      await objects.remove([manifestPath(address)]);
      const files = await objects.list(filesPath(address));
      await objects.remove(files.map(({ path }) => path));
      await manifests.forget(address);
    },
    publish: async ({ directory, settle, discard }, manifest) => {
      await uploadArtifact({ objects, manifests, directory, manifest });
      // It is in the store: a copy here saves time, no more.
      await settle().catch(discard);
    },
    rooms: OBJECT_ROOMS,
    entries,
    removeOrphan,
    emptyTrash: () => Promise.resolve(),
    references: smallObjects(objects, ROOMS.references),
  };

  async function* readFile(
    address: ArtifactAddress,
    path: string,
  ): AsyncGenerator<Uint8Array> {
    const found = await manifests.get(address);
    if (path === "manifest.json" && found !== null) {
      yield Buffer.from(found.text);
      return;
    }
    const manifest = found?.manifest;
    const sha256 = typeof manifest === "object"
      ? manifest.files[path]?.sha256
      : undefined;
    const content = sha256 === undefined
      ? null
      : await objects.open(filesPath(address) + sha256);
    if (content === null) {
      throw new Error(
        `Cannot read "${path}" of stage "${address.stage}": it is not in the store`,
      );
    }
    yield* content;
  }
}
