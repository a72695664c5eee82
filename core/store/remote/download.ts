/**
 * Brings an artifact from the store into the cache of this machine.
 *
 * @module
 */

import { rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { mapConcurrent } from "../common/map_concurrent.ts";
import { writeStream } from "../../lib/files.ts";
import { createDraft } from "../folder/draft.ts";
import type { FolderPaths } from "../folder/paths.ts";
import type { ArtifactManifest } from "../artifact.ts";
import type { FileRecord } from "../../lib/file_record.ts";
import type { Objects } from "./objects.ts";
import { filesPath } from "./paths.ts";

/** A file that the store does not have as its manifest says. */
interface BadFile {
  /** Within the artifact. */
  readonly path: string;
  readonly sha256: string;
  /** What is wrong, after its path: `is missing`. */
  readonly problem: string;
}

/** What {@link downloadArtifact} works with. */
interface DownloadOptions {
  /** Of the cache. */
  readonly paths: FolderPaths;
  readonly objects: Objects;
  readonly manifest: ArtifactManifest;
  /** The manifest as it is written. */
  readonly text: string;
}

/** What was lost on the way once is asked for again. */
const TRIES = 2;

/** Downloads and verifies an artifact, and puts it in its place unless files are bad. */
export async function downloadArtifact(
  { objects, manifest, text, paths }: DownloadOptions,
): Promise<readonly BadFile[]> {
  const draft = await createDraft(paths, manifest);
  try {
    const folder = filesPath(manifest);
    const problems = await mapConcurrent(
      Object.entries(manifest.files),
      async ([path, record]) => ({
        path,
        sha256: record.sha256,
        problem: await downloadFile(join(draft.directory, path), record, {
          objects,
          folder,
        }),
      }),
    );
    const bad = problems.filter((one): one is BadFile => one.problem !== null);
    if (bad.length > 0) return bad;
    await writeFile(join(draft.directory, "manifest.json"), text);
    await draft.settle();
    return [];
  } finally {
    await draft.discard();
  }
}

async function downloadFile(
  file: string,
  { sha256, size }: FileRecord,
  { objects, folder }: { readonly objects: Objects; readonly folder: string },
): Promise<string | null> {
  for (let tries = 1; tries <= TRIES; tries++) {
    const found = await objects.persist(async () => {
      await rm(file, { force: true });
      const content = await objects.open(folder + sha256);
      return content === null ? null : await writeStream(file, content);
    });
    if (found === null) return "is missing";
    if (found.sha256 === sha256 && found.size === size) return null;
  }
  return "is not what was written";
}
