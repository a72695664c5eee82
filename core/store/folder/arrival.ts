/**
 * An artifact that comes from another store: written into a private draft,
 * checked against its own manifest, and then put in its place by one rename.
 *
 * @module
 */

import { readFile } from "node:fs/promises";
import { join } from "node:path";
import type { Arrival } from "../care.ts";
import { createDraft } from "./draft.ts";
import { describeFile, listTree, sync, writeStream } from "../../lib/files.ts";
import { look } from "./artifact_files.ts";
import type { ArtifactAddress, ArtifactManifest } from "../store.ts";

/** Options of {@link receiveArtifact}. */
export interface ArrivalOptions {
  /** Folder of all drafts. */
  readonly drafts: string;
  /** The artifact's folder. */
  readonly target: string;
}

/** Starts to take an artifact in. */
export async function receiveArtifact(
  address: ArtifactAddress,
  { drafts, target }: ArrivalOptions,
): Promise<Arrival> {
  const draft = await createDraft({ drafts, target, address });
  const { directory, discard } = draft;
  return {
    address,
    discard,
    write: (path, content) => writeStream(join(directory, path), content),
    check: () => checkArrived(directory, address),
    settle: async () => {
      const { folders } = await listTree(directory);
      for (const folder of folders) await sync(join(directory, folder));
      await sync(directory);
      // What is there and whole stays: something may be made of it already.
      const found = look(target, address);
      if (typeof found === "string" || found.status !== "hit") {
        await draft.settle();
      }
      await discard();
    },
  };
}

/**
 * Compares what has arrived in a folder with its manifest.
 *
 * @throws {Error} saying what is wrong.
 */
export async function checkArrived(
  directory: string,
  address: ArtifactAddress,
): Promise<ArtifactManifest> {
  const manifest = parse(
    await readFile(join(directory, "manifest.json"), "utf8"),
    address,
  );
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

function parse(text: string, address: ArtifactAddress): ArtifactManifest {
  const manifest = JSON.parse(text) as Partial<ArtifactManifest> | null;
  const isRecord = (value: unknown) =>
    typeof value === "object" && value !== null;
  if (
    manifest?.format === 1 && manifest.stage === address.stage &&
    manifest.key === address.key && isRecord(manifest.fields) &&
    isRecord(manifest.files)
  ) return manifest as ArtifactManifest;
  throw new Error("its manifest is not that of this artifact");
}
