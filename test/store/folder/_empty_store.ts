/**
 * A store in a folder, and artifacts for it.
 *
 * @module
 */

import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { onTestFinished } from "vitest";
import { sha256 } from "../../../core/lib/files.ts";
import { folderStore } from "../../../core/store/folder/folder_store.ts";
import type {
  ArtifactAddress,
  ArtifactManifest,
  ArtifactStore,
} from "../../../core/store/store.ts";

/** A store in a new, empty folder, which goes with the test. */
export function emptyStore(): ArtifactStore {
  const root = mkdtempSync(join(tmpdir(), "store-"));
  onTestFinished(() => rmSync(root, { recursive: true, force: true }));
  return folderStore(join(root, "store"));
}

/** The address of an artifact of that name. */
export function at(name: string, stage = "train"): ArtifactAddress {
  return { stage, key: sha256(name) };
}

/** The value of every artifact. */
export const value = { vae: { depth: 2, weights: Float32Array.of(1, 2, 3) } };

/** Puts an artifact there, with a note in a file if there is to be one. */
export async function put(
  store: ArtifactStore,
  address: ArtifactAddress,
  fields = {},
  note?: string,
): Promise<ArtifactManifest> {
  const draft = await store.draft(address);
  if (note !== undefined) {
    mkdirSync(join(draft.directory, "images"));
    writeFileSync(join(draft.directory, "images", "note.txt"), note);
  }
  return await draft.commit(value, { fields, ms: 5, warnings: [] });
}
