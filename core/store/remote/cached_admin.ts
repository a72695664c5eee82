/**
 * Looks after a store that is elsewhere together with the cache of this
 * machine: its copies, drafts and attempts go when nobody needs them.
 *
 * @module
 */

import type { Orphan, StoreAdmin } from "../admin.ts";
import type { ArtifactAddress } from "../artifact.ts";
import type { StoreBackend } from "../backend.ts";
import { addressOf, nameOf } from "../common/names.ts";
import { isLocked } from "../common/orphans.ts";
import { storeAdmin } from "../common/store_admin.ts";
import type { ArtifactStore } from "../store.ts";
import type { Manifests } from "./manifests.ts";
import type { Objects } from "./objects.ts";
import { ROOMS } from "./paths.ts";

/** What {@link cachedAdmin} works with. */
interface CachedAdminOptions {
  readonly objects: Objects;
  readonly manifests: Manifests;
  /** Of the store. */
  readonly backend: StoreBackend;
  readonly cache: ArtifactStore;
  /** Clears the attempts at an artifact, there and here. */
  readonly clearAttempt: ArtifactStore["clearAttempt"];
  /** The artifact of the store is bad, whatever the copy here is. */
  readonly suspect: (address: ArtifactAddress) => void;
}

/** Before the path of an orphan that lies in the cache. */
const HERE = "cache/";

/** Looks after the store and its cache. */
export function cachedAdmin(options: CachedAdminOptions): StoreAdmin {
  const { objects, manifests, backend, cache } = options;
  const admin = storeAdmin(backend);

  async function orphans(): Promise<readonly Orphan[]> {
    // What is here first: a copy is there no sooner than its original.
    const kept = manifests.kept();
    const copies = await cache.admin.list();
    const ours = await cache.admin.orphans();
    const [there, locks, listed] = await Promise.all([
      admin.orphans(),
      backend.heldLocks(),
      objects.list(ROOMS.manifests),
    ]);
    const tried = new Set(
      there.filter(({ kind }) => kind === "attempt").map(({ path }) => path),
    );
    const isKnown = ({ kind, path }: Orphan) =>
      kind === "attempt" && tried.has(path.replace(/^\./, ""));
    // One that is in the store as well has been named.
    const here = ours.filter((orphan) => !isKnown(orphan)).map((orphan) => ({
      ...orphan,
      path: `${HERE}${orphan.path}`,
      busy: orphan.busy || isLocked(orphan, locks),
    }));
    const made = new Set(
      listed.map(({ path }) => addressOf(path)).filter((one) => one !== null)
        .map(nameOf),
    );
    const sizes = new Map(copies.map((copy) => [nameOf(copy.address), copy]));
    const addresses = new Map(
      [...kept, ...copies.map(({ address }) => address)]
        .map((address) => [nameOf(address), address]),
    );
    const left = [...addresses].filter(([name]) => !made.has(name))
      .map(([name, address]): Orphan => {
        const { bytes = 0, modified = 0 } = sizes.get(name) ?? {};
        const path = `${HERE}${name}`;
        return { kind: "copy", path, bytes, modified, address, busy: false };
      });
    return [...there, ...here, ...left];
  }

  async function discardOrphan(orphan: Orphan): Promise<void> {
    const { kind, path, address } = orphan;
    if (kind === "attempt" && address !== null) {
      await options.clearAttempt(address);
    } else if (kind === "copy" && address !== null) {
      await cache.admin.discard([address], []);
      await manifests.forget(address);
    } else if (path.startsWith(HERE)) {
      const here = { ...orphan, path: path.slice(HERE.length) };
      await cache.admin.discard([], [here]);
    } else await admin.discard([], [orphan]);
  }

  return {
    ...admin,
    verify: async (address) => {
      const problems = await admin.verify(address);
      if (problems.length > 0) options.suspect(address);
      return problems;
    },
    orphans,
    discard: async (artifacts, orphans) => {
      await admin.discard(artifacts, []);
      await cache.admin.discard(artifacts, []);
      await Promise.all(orphans.map(discardOrphan));
    },
    emptyTrash: () => cache.admin.emptyTrash(),
  };
}
