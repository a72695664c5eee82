/**
 * Looks after a store of objects.
 *
 * What is discarded goes with its files at once, while no run can refer to it:
 * the same artifact, made again, has the same files in the same place.
 *
 * @module
 */

import { createHash } from "node:crypto";
import type { Leftover, StoreCare } from "../care.ts";
import type {
  ArtifactAddress,
  ArtifactManifest,
  ArtifactStore,
} from "../store.ts";
import { receiveRemote } from "./arrival.ts";
import { takeInventory } from "./inventory.ts";
import { HERE, type LeftoversOptions, remoteLeftovers } from "./leftovers.ts";
import { filesPath, lockName, manifestPath, nameOf } from "./paths.ts";
import { remoteReferences } from "./references.ts";
import { severalAtATime } from "./several.ts";

/** What {@link remoteCare} works with. */
export interface RemoteCareOptions extends LeftoversOptions {
  readonly clearAttempt: ArtifactStore["clearAttempt"];
  /** The artifact of the store is bad, whatever the copy here is. */
  readonly suspect: (address: ArtifactAddress) => void;
}

/** Looks after the store. */
export function remoteCare(options: RemoteCareOptions): StoreCare {
  const { objects, manifests, locks, cache, suspect } = options;

  async function manifestOf(
    address: ArtifactAddress,
  ): Promise<ArtifactManifest | string | null> {
    return (await manifests.get(address))?.manifest ?? null;
  }

  async function discardArtifact(address: ArtifactAddress): Promise<void> {
    await objects.remove([manifestPath(address)]);
    const files = await objects.list(filesPath(address));
    await objects.remove(files.map(({ path }) => path));
    await manifests.forget(address);
  }

  async function discardLeftover(leftover: Leftover): Promise<void> {
    const { kind, path, address } = leftover;
    if (kind === "attempt" && address !== null) {
      await options.clearAttempt(address);
    } else if (kind === "copy" && address !== null) {
      await cache.care.discard([address], []);
      await manifests.forget(address);
    } else if (path.startsWith(HERE)) {
      const here = { ...leftover, path: path.slice(HERE.length) };
      await cache.care.discard([], [here]);
    } else if (kind === "draft" && address !== null) {
      await objects.remove(await strangers(address));
    } else if (kind === "lock") {
      const seen = [...(await locks.list()).values()];
      const isFree = seen.some((lock) => lock.path === path && !lock.held);
      if (isFree) await objects.remove([path]);
    } else {
      const found = await objects.list(path);
      await objects.remove(found.map((object) => object.path));
    }
  }

  /** Paths of the objects in an artifact's place that are none of its own. */
  async function strangers(
    address: ArtifactAddress,
  ): Promise<readonly string[]> {
    const found = await takeInventory(options, address);
    return (found.strangers.get(nameOf(address)) ?? [])
      .map(({ path }) => path);
  }

  return {
    list: async () => {
      const { artifacts } = await takeInventory(options);
      return artifacts.toSorted((a, b) =>
        nameOf(a.address) < nameOf(b.address) ? -1 : 1
      );
    },
    look: async (address) =>
      (await takeInventory(options, address)).artifacts[0] ?? null,
    verify: async (address) => {
      const manifest = await manifestOf(address);
      if (manifest === null) return [];
      const problems = typeof manifest === "string"
        ? [manifest]
        : (await severalAtATime(
          Object.entries(manifest.files),
          async ([path, { sha256 }]) => {
            const found = await digest(filesPath(address) + sha256);
            if (found === null) return `${path} cannot be read`;
            return found === sha256 ? null : `${path} is not what was written`;
          },
        )).filter((problem) => problem !== null);
      if (problems.length > 0) suspect(address);
      return problems;
    },
    strangers: async (address) =>
      (await strangers(address))
        .map((path) => path.slice(filesPath(address).length)),
    readFile: (address, path) => readFile(address, path),
    leftovers: () => remoteLeftovers(options),
    discard: async (artifacts, leftovers) => {
      await Promise.all(artifacts.map(discardArtifact));
      await cache.care.discard(artifacts, []);
      await Promise.all(leftovers.map(discardLeftover));
    },
    // What another machine leaves while it works stays there, but for its checkpoint.
    lookAtAttempt: async (address) => ({
      directory: (await cache.care.lookAtAttempt(address)).directory,
      working: (await locks.list()).get(lockName(address))?.held === true,
    }),
    emptyTrash: () => cache.care.emptyTrash(),
    receive: (address) => receiveRemote(address, options),
    references: remoteReferences(objects, locks),
  };

  function digest(path: string): Promise<string | null> {
    return objects.persist(async () => {
      const content = await objects.open(path);
      if (content === null) return null;
      const hash = createHash("sha256");
      for await (const chunk of content) hash.update(chunk);
      return hash.digest("hex");
    });
  }

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
