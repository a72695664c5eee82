/**
 * Brings an artifact from a folder of this machine into the store.
 *
 * @module
 */

import { readFile } from "node:fs/promises";
import { join } from "node:path";
import type { ArtifactAddress, ArtifactManifest } from "../store.ts";
import type { Manifests } from "./manifests.ts";
import type { Objects } from "./objects.ts";
import { filesPath } from "./paths.ts";
import { severalAtATime } from "./several.ts";

/** What {@link uploadArtifact} works with. */
export interface UploadOptions {
  readonly objects: Objects;
  readonly manifests: Manifests;
  /** Has the files, and `manifest.json`. */
  readonly directory: string;
  readonly manifest: ArtifactManifest;
}

/**
 * Uploads an artifact. Its files come first, so it is there, or in place of an
 * earlier one, with its manifest; what only the earlier one named goes last.
 */
export async function uploadArtifact(
  address: ArtifactAddress,
  { objects, manifests, directory, manifest }: UploadOptions,
): Promise<void> {
  const folder = filesPath(address);
  const before = objects.list(folder);
  // Those of the same content are one object.
  const files = new Map(
    Object.entries(manifest.files).map(([path, record]) =>
      [folder + record.sha256, { file: join(directory, path), record }] as const
    ),
  );
  // Also what is there already: it may be damaged.
  await severalAtATime(
    [...files],
    ([path, { file, record }]) => objects.putFile(path, file, record),
  );
  const text = await readFile(join(directory, "manifest.json"), "utf8");
  const former = await before;
  await manifests.put(address, text);
  await objects.remove(
    former.map(({ path }) => path).filter((path) => !files.has(path)),
  );
}
