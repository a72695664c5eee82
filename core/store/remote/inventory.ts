/**
 * What a store of objects has, from lists of its objects.
 *
 * @module
 */

import type { ArtifactAddress, ArtifactManifest } from "../artifact.ts";
import type { FoundArtifact } from "../backend.ts";
import { sizeProblem } from "../common/manifest.ts";
import { addressOf, nameOf } from "../common/names.ts";
import type { Manifests } from "./manifests.ts";
import type { ListedObject, Objects } from "./objects.ts";
import { filesPath, manifestPath, ROOMS } from "./paths.ts";

/** What {@link takeInventory} works with. */
export interface InventoryOptions {
  readonly objects: Objects;
  readonly manifests: Manifests;
}

/** Artifacts, and objects that no manifest names. */
export interface Inventory {
  /** By stage and key. */
  readonly artifacts: readonly FoundArtifact[];
  /** The objects in an artifact's place that are none of its own. */
  readonly strangers: readonly ListedObject[];
}

/**
 * What there is, of all artifacts or of one.
 *
 * @throws {UnsignedError}
 */
export async function takeInventory(
  { objects, manifests }: InventoryOptions,
  only?: ArtifactAddress,
): Promise<Inventory> {
  const [listed, files] = await Promise.all([
    objects.list(only === undefined ? ROOMS.manifests : manifestPath(only)),
    objects.list(only === undefined ? ROOMS.files : filesPath(only)),
  ]);
  const filesOf = groupBy(files, ({ path }) => placeOf(path));
  const found = await Promise.all(
    listed.map(async (object): Promise<FoundArtifact | null> => {
      const address = addressOf(object.path);
      if (address === null) return null;
      const found = await manifests.get(address, object.etag);
      if (found === null) return null;
      const { manifest } = found;
      const own = filesOf.get(nameOf(address)) ?? [];
      return describe({ address, manifest, object, own });
    }),
  );
  const artifacts = found.filter((artifact) => artifact !== null)
    .sort((a, b) => nameOf(a.address) < nameOf(b.address) ? -1 : 1);
  const known = new Map(artifacts.map((one) => [nameOf(one.address), one]));
  const strangers = files.filter(({ path }) => {
    const artifact = known.get(placeOf(path));
    return artifact === undefined ||
      artifact.strangers.includes(
        path.slice(filesPath(artifact.address).length),
      );
  });
  return { artifacts, strangers };
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

function describe({ address, manifest, object, own }: {
  readonly address: ArtifactAddress;
  readonly manifest: ArtifactManifest | string;
  /** The manifest's. */
  readonly object: ListedObject;
  /** Those of its files. */
  readonly own: readonly ListedObject[];
}): FoundArtifact {
  const sizes = new Map(
    own.map(({ path, size }) => [path.slice(filesPath(address).length), size]),
  );
  const problem = typeof manifest === "string"
    ? manifest
    : sizeProblem(manifest, (_, { sha256 }) => sizes.get(sha256) ?? null);
  const named = new Set(
    typeof manifest === "string"
      ? []
      : Object.values(manifest.files).map(({ sha256 }) => sha256),
  );
  return {
    address,
    manifest: problem ?? manifest,
    bytes: own.reduce((sum, { size }) => sum + size, object.size),
    modified: object.modified,
    strangers: problem === null
      ? [...sizes.keys()].filter((name) => !named.has(name))
      : [],
  };
}

/** Name of the artifact in whose place an object lies. */
function placeOf(path: string): string {
  const address = addressOf(path);
  return address === null ? path : nameOf(address);
}
