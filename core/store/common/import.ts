/**
 * An artifact that comes from another store: written into a private draft,
 * checked against its own manifest, and then put in its place.
 *
 * @module
 */

import { readFile } from "node:fs/promises";
import { join } from "node:path";
import type { ArtifactImport } from "../admin.ts";
import type { ArtifactAddress, ArtifactManifest } from "../artifact.ts";
import type { StoreBackend } from "../backend.ts";
import { describeFile, writeStream } from "../../lib/files.ts";
import { listTree } from "../../lib/tree.ts";
import { createDraft } from "../folder/draft.ts";
import { parseManifest } from "./manifest.ts";

/** Starts to take an artifact in. */
export async function startImport(
  address: ArtifactAddress,
  backend: StoreBackend,
): Promise<ArtifactImport> {
  const draft = await createDraft(backend.paths, address);
  const { directory, discard } = draft;
  let checked: ArtifactManifest | undefined;
  const check = async () => checked = await checkFiles(directory, address);
  return {
    address,
    discard,
    write: (path, content) => writeStream(join(directory, path), content),
    check,
    settle: async () => {
      const [found] = await backend.artifacts(address);
      // What is there and whole stays: something may be made of it already.
      const isThere = typeof found?.manifest === "object";
      if (!isThere) await backend.publish(draft, checked ?? await check());
      await discard();
    },
  };
}

/**
 * Compares what was written with its manifest.
 *
 * @throws {Error} saying what is wrong.
 */
async function checkFiles(
  directory: string,
  address: ArtifactAddress,
): Promise<ArtifactManifest> {
  const text = await readFile(join(directory, "manifest.json"), "utf8");
  const manifest = parseManifest(text, address);
  if (typeof manifest === "string") {
    throw new Error("its manifest is not that of this artifact");
  }
  const { files } = await listTree(directory);
  const own = files.filter((path) => path !== "manifest.json");
  const wanted = Object.keys(manifest.files).sort();
  if (own.join("\n") !== wanted.join("\n")) {
    throw new Error("its files are not those of its manifest");
  }
  for (const path of own) {
    const found = await describeFile(join(directory, path));
    if (found.sha256 !== manifest.files[path]!.sha256) {
      throw new Error(`${path} is not what its manifest says`);
    }
  }
  return manifest;
}
