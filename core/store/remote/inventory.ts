/**
 * What a store of objects has, from lists of its objects.
 *
 * @module
 */

import { plural } from "../../lib/count.ts";
import type { KeptArtifact } from "../care.ts";
import type { ArtifactAddress, ArtifactManifest } from "../store.ts";
import type { RemoteLocks } from "./lock.ts";
import type { Manifests } from "./manifests.ts";
import type { ListedObject, Objects } from "./objects.ts";
import {
  addressOf,
  filesPath,
  lockName,
  manifestPath,
  nameOf,
  ROOMS,
} from "./paths.ts";

/** What {@link takeInventory} works with. */
export interface InventoryOptions {
  readonly objects: Objects;
  readonly manifests: Manifests;
  readonly locks: RemoteLocks;
}

/** Artifacts, and their objects. */
export interface Inventory {
  /** By stage and key. */
  readonly artifacts: readonly KeptArtifact[];
  /** The objects in an artifact's place that its manifest does not name, by {@link nameOf}. */
  readonly strangers: ReadonlyMap<string, readonly ListedObject[]>;
}

/**
 * What there is, of all artifacts or of one.
 *
 * @throws {UnsignedError}
 */
export async function takeInventory(
  options: InventoryOptions,
  only?: ArtifactAddress,
): Promise<Inventory> {
  const { objects, manifests, locks } = options;
  const manifestsAt = only === undefined ? ROOMS.manifests : manifestPath(only);
  const filesAt = only === undefined ? ROOMS.files : filesPath(only);
  const [listed, files, held] = await Promise.all([
    objects.list(manifestsAt),
    objects.list(filesAt),
    locks.list(),
  ]);
  const objectsOf = groupBy(files, ({ path }) => nameIn(path));
  const artifacts = await Promise.all(
    listed.map(async (object): Promise<KeptArtifact | null> => {
      const address = addressOf(object.path);
      if (address === null) return null;
      const found = await manifests.get(address, object.etag);
      if (found === null) return null;
      const { manifest } = found;
      const own = objectsOf.get(nameOf(address)) ?? [];
      const problem = typeof manifest === "string"
        ? manifest
        : problemIn(manifest, own);
      return {
        address,
        bytes: object.size + own.reduce((sum, { size }) => sum + size, 0),
        modified: object.modified,
        manifest: typeof manifest === "string" || problem !== null
          ? null
          : manifest,
        problem,
        locked: held.get(lockName(address))?.held ?? false,
      };
    }),
  );
  const found = artifacts.filter((artifact) => artifact !== null);
  const named = new Set(
    found.flatMap(({ address, manifest }) =>
      Object.values(manifest?.files ?? {}).map(({ sha256 }) =>
        filesPath(address) + sha256
      )
    ),
  );
  const damaged = new Set(
    found.filter(({ problem }) => problem !== null)
      .map(({ address }) => nameOf(address)),
  );
  const strangers = new Map(
    [...objectsOf]
      // Of a damaged artifact it is not known which files are its own.
      .filter(([name]) => !damaged.has(name))
      .map(([name, own]) =>
        [name, own.filter(({ path }) => !named.has(path))] as const
      )
      .filter(([, own]) => own.length > 0),
  );
  return { artifacts: found, strangers };
}

/** Items by what `nameOf` gives for them, in their order. */
export function groupBy<T>(
  items: readonly T[],
  nameOf: (item: T) => string,
): ReadonlyMap<string, readonly T[]> {
  const groups = new Map<string, T[]>();
  for (const item of items) {
    const name = nameOf(item);
    const group = groups.get(name);
    if (group === undefined) groups.set(name, [item]);
    else group.push(item);
  }
  return groups;
}

function problemIn(
  manifest: ArtifactManifest,
  objects: readonly ListedObject[],
): string | null {
  const sizes = new Map(
    objects.map(({ path, size }) => [path.replace(/^.*\//, ""), size]),
  );
  for (const [path, { sha256, size }] of Object.entries(manifest.files)) {
    const found = sizes.get(sha256);
    if (found === undefined) return `${path} is missing`;
    if (found !== size) {
      return `${path} has ${plural(found, "byte")}, want ${size}`;
    }
  }
  return null;
}

function nameIn(path: string): string {
  const address = addressOf(path);
  return address === null ? path : nameOf(address);
}
