/**
 * A store on a service that keeps objects, which many machines share, with a
 * cache on this one that is read through: what the service has is what counts.
 * [paths.ts](paths.ts) says what lies where.
 *
 * @module
 */

import { addressOf, lockName, nameOf } from "../common/names.ts";
import { createDraft } from "../folder/draft.ts";
import { folderStore } from "../folder/folder_store.ts";
import { folderPaths } from "../folder/paths.ts";
import { explainedIn } from "../../lib/refusal.ts";
import type { ArtifactAddress, StoredArtifact } from "../artifact.ts";
import type { ArtifactStore } from "../store.ts";
import { remoteAttempts } from "./attempts.ts";
import { cachedAdmin } from "./cached_admin.ts";
import { readThrough } from "./copies.ts";
import { remoteLocks } from "./lock.ts";
import { remoteManifests } from "./manifests.ts";
import type { ListedObject, Objects } from "./objects.ts";
import { objectsBackend } from "./objects_backend.ts";
import { manifestPath, ROOMS } from "./paths.ts";
import { remoteQuarantine } from "./quarantine.ts";
import { signer as createSigner, UnsignedError } from "./signature.ts";

/** The store of these objects, with its cache in a folder of this machine. */
export function remoteStore(objects: Objects, folder: string): ArtifactStore {
  const names = {
    store: "the local copies of the store",
    elsewhere: "with VAE_PRIORS_CACHE",
  };
  const cache = folderStore(folder, names);
  const explained = explainedIn(folder, names);
  const paths = folderPaths(folder);
  const signer = createSigner();
  const manifests = remoteManifests({
    objects,
    signer,
    folder: paths.room("manifests"),
  });
  const locks = remoteLocks(objects);
  const shelve = remoteQuarantine(objects, manifests);
  const attempts = remoteAttempts({
    objects,
    signer,
    cache,
    paths,
    explained,
  });
  const suspects = new Set<string>();
  const backend = objectsBackend({
    objects,
    manifests,
    locks,
    paths,
    explained,
  });

  async function describe(
    { path, etag, modified }: ListedObject,
  ): Promise<readonly StoredArtifact[]> {
    const address = addressOf(path);
    if (address === null) return [];
    try {
      const found = await manifests.get(address, etag);
      return found === null || typeof found.manifest === "string"
        ? []
        : [{ manifest: found.manifest, time: modified }];
    } catch (error) {
      // No run is asked to use it.
      if (error instanceof UnsignedError) return [];
      throw error;
    }
  }

  return {
    location: objects.location,
    directory: cache.directory,
    place: (address) => `${objects.location}/${manifestPath(address)}`,
    inspect: async (address) => {
      const found = await manifests.get(address);
      if (found === null) return { status: "miss" };
      const { text, manifest } = found;
      if (typeof manifest !== "string") return { status: "hit", manifest };
      await shelve(address, { text, problem: manifest, files: [] });
      return { status: "damaged", problem: manifest };
    },
    read: (address) =>
      explained("write to", () =>
        readThrough(address, {
          objects,
          manifests,
          cache,
          paths,
          shelve,
          isSuspect: (address) => suspects.has(nameOf(address)),
        })),
    draft: (address) =>
      explained("write to", async () => {
        const draft = await createDraft(paths, address);
        const { directory, discard } = draft;
        return {
          directory,
          discard,
          commit: (value, record) =>
            explained("write to", async () => {
              const manifest = await draft.complete(value, record);
              await backend.publish(draft, manifest);
              suspects.delete(nameOf(address));
              return manifest;
            }),
        };
      }),
    ...attempts,
    list: async (stage) => {
      const listed = await objects.list(`${ROOMS.manifests}${stage}/`);
      const found = await Promise.all(listed.map(describe));
      return found.flat().sort((a, b) => b.time - a.time);
    },
    tryLock: (address) => locks.tryLock(lockName(address)),
    removeStale: () => cache.removeStale(),
    admin: cachedAdmin({
      objects,
      manifests,
      backend,
      cache,
      clearAttempt: attempts.clearAttempt,
      suspect: (address: ArtifactAddress) => {
        suspects.add(nameOf(address));
      },
    }),
  };
}
