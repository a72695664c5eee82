/**
 * Brings an artifact from a folder of this machine into the store.
 *
 * @module
 */

import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { mapConcurrent } from "../common/map_concurrent.ts";
import { parseManifest } from "../common/manifest.ts";
import type { ArtifactAddress, ArtifactManifest } from "../artifact.ts";
import type { Manifests } from "./manifests.ts";
import type { Objects } from "./objects.ts";
import { filesPath, manifestPath } from "./paths.ts";

/** What {@link uploadArtifact} works with. */
interface UploadOptions {
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
  { objects, manifests, directory, manifest }: UploadOptions,
): Promise<void> {
  const folder = filesPath(manifest);
  const former = await formerFiles(manifest, objects);
  // Those of the same content are one object.
  const files = new Map(
    Object.entries(manifest.files).map(([path, record]) =>
      [folder + record.sha256, { file: join(directory, path), record }] as const
    ),
  );
  // Also what is there already: it may be damaged.
  await mapConcurrent(
    [...files],
    ([path, { file, record }]) => objects.putFile(path, file, record),
  );
  const text = await readFile(join(directory, "manifest.json"), "utf8");
  await manifests.put(manifest, text);
  await objects.remove(former.filter((path) => !files.has(path)));
}

/**
 * The files that the artifact in its place names. What else lies there may be
 * another process's, whose manifest is to come.
 */
async function formerFiles(
  address: ArtifactAddress,
  objects: Objects,
): Promise<readonly string[]> {
  const found = await objects.get(manifestPath(address));
  if (found === null || found === "same") return [];
  const text = Buffer.from(found.bytes).toString("utf8");
  const manifest = parseManifest(text, address);
  return typeof manifest === "string"
    ? []
    : Object.values(manifest.files).map(({ sha256 }) =>
      filesPath(address) + sha256
    );
}
