/**
 * An artifact in the making: a private folder that becomes the artifact by one
 * rename.
 *
 * @module
 */

import { existsSync } from "node:fs";
import { rename, rm } from "node:fs/promises";
import { dirname, join } from "node:path";
import { RunError } from "../../lib/errors.ts";
import { encodeValue } from "../codec.ts";
import {
  codeOf,
  describeFile,
  makeDurably,
  sha256,
  sync,
  writeDurably,
} from "../../lib/files.ts";
import { listTree } from "../../lib/tree.ts";
import { makeFolder } from "../../lib/make_folder.ts";
import type { FolderPaths } from "./paths.ts";
import { listAbandoned, ownedName } from "../../lib/owner.ts";
import type {
  ArtifactAddress,
  ArtifactManifest,
  ArtifactRecord,
  ArtifactValue,
} from "../artifact.ts";
import type { FileRecord } from "../../lib/file_record.ts";
import type { ArtifactDraft } from "../store.ts";

const REPLACED = "replaced";
const RESERVED = ["value.json", "arrays.safetensors", "manifest.json"];

/** An artifact in the making, in steps. */
export interface FolderDraft extends ArtifactDraft {
  /** Adds value and manifest: what is in the folder then is the artifact. */
  complete(
    value: ArtifactValue,
    record: ArtifactRecord,
  ): Promise<ArtifactManifest>;
  /** Moves the folder to its place, and removes the draft. */
  settle(): Promise<void>;
}

/** Starts an artifact. */
export async function createDraft(
  paths: FolderPaths,
  address: ArtifactAddress,
): Promise<FolderDraft> {
  const home = join(paths.room("drafts"), ownedName(address.stage));
  const directory = join(home, "artifact");
  await makeFolder(directory);
  // What cannot be removed now is swept when this process has ended.
  const discard = () =>
    rm(home, { recursive: true, force: true }).catch(() => {});
  const settle = async () => {
    await put(directory, paths.artifact(address), join(home, REPLACED));
    await discard();
  };
  return {
    directory,
    discard,
    complete: (value, record) =>
      complete(directory, { value, record, address }),
    settle,
    commit: async (value, record) => {
      try {
        const manifest = await complete(directory, { value, record, address });
        await settle();
        return manifest;
      } catch (error) {
        if (codeOf(error) !== "ENOENT" || existsSync(directory)) throw error;
        throw new RunError(
          `Cannot keep the artifact of stage "${address.stage}": its draft "${home}" is gone, something else has removed it`,
          { hint: "Run again: all that was complete is kept", cause: error },
        );
      }
    },
  };
}

/**
 * Removes the drafts in folder `drafts` whose processes do not live. An
 * artifact that such a process had moved out of the way of its own, and got no
 * further, is put back by `restore`; where that throws, the draft stays.
 */
export async function removeStaleDrafts(
  drafts: string,
  restore: (artifact: string) => Promise<void>,
): Promise<void> {
  for (const { path } of await listAbandoned(drafts, { unnamed: true })) {
    // It may be another user's, who alone has the right to.
    await restore(join(path, REPLACED)).then(
      () => rm(path, { recursive: true, force: true }),
    ).catch(() => {});
  }
}

interface Content {
  readonly value: ArtifactValue;
  readonly record: ArtifactRecord;
  readonly address: ArtifactAddress;
}

/** Writes value and manifest beside the stage's own files, the manifest last. */
async function complete(
  directory: string,
  { value, record, address }: Content,
): Promise<ArtifactManifest> {
  const tree = await listTree(directory);
  const taken = RESERVED.find((name) => tree.files.includes(name));
  if (taken !== undefined) {
    throw new Error(
      `Cannot keep "${taken}" of stage "${address.stage}": the store writes a file of that name itself`,
    );
  }
  const files: Record<string, FileRecord> = {};
  for (const path of tree.files) {
    files[path] = await describeFile(join(directory, path));
    await sync(join(directory, path));
  }
  const { json, arrays } = encodeValue(value);
  for (
    const [path, data] of [["value.json", json], [
      "arrays.safetensors",
      arrays,
    ]] as const
  ) {
    await writeDurably(join(directory, path), data);
    files[path] = { size: Buffer.byteLength(data), sha256: sha256(data) };
  }
  for (const folder of tree.folders) await sync(join(directory, folder));
  const manifest: ArtifactManifest = {
    format: 1,
    ...address,
    ...record,
    gives: Object.keys(value),
    files,
  };
  await writeDurably(
    join(directory, "manifest.json"),
    JSON.stringify(manifest, null, 2) + "\n",
  );
  await sync(directory);
  return manifest;
}

/** Moves `source` to `target`; what is there goes to `aside`. */
async function put(
  source: string,
  target: string,
  aside: string,
): Promise<void> {
  await makeDurably(dirname(target));
  for (let attempt = 1;; attempt++) {
    try {
      await rename(source, target);
      break;
    } catch (error) {
      const occupied = ["ENOTEMPTY", "EEXIST", "EPERM"].includes(
        codeOf(error) ?? "",
      );
      if (!occupied || attempt === 10) throw error;
    }
    await rm(aside, { recursive: true, force: true });
    await rename(target, aside).catch((error) => {
      // Another process has moved it: try again.
      if (codeOf(error) !== "ENOENT") throw error;
    });
  }
  await sync(dirname(target));
}
