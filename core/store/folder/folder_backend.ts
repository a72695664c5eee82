/**
 * A folder as the place of a store.
 *
 * Removal is by rename into `.trash/`, so that an artifact is there whole or
 * not at all whatever interrupts it.
 *
 * @module
 */

import { randomUUID } from "node:crypto";
import { createReadStream, statSync } from "node:fs";
import { readdir, rename, rm } from "node:fs/promises";
import { join } from "node:path";
import type { ArtifactAddress } from "../artifact.ts";
import type { FoundArtifact, StoreBackend } from "../backend.ts";
import { isKey } from "../common/names.ts";
import { codeOf, describeFile, ignoring, sync } from "../../lib/files.ts";
import { listTree, sizesIn } from "../../lib/tree.ts";
import { makeFolder } from "../../lib/make_folder.ts";
import { look } from "./artifact_files.ts";
import { heldLocks } from "./held_locks.ts";
import { tryLockFile } from "../../lib/lock.ts";
import { type FolderPaths, ROOMS } from "./paths.ts";
import type { Explained } from "../../lib/refusal.ts";
import { folderEntries, folderRooms } from "./rooms.ts";
import { smallFilesIn } from "./small_files.ts";

/** The store's folder, as what looks after it sees it. */
export function folderBackend(
  paths: FolderPaths,
  explained: Explained,
): StoreBackend {
  const { location } = paths;
  const trash = paths.room("trash");

  /** Takes something away; nothing is wrong where somebody else has done so. */
  async function remove(path: string): Promise<void> {
    await makeFolder(trash);
    await rename(path, join(trash, randomUUID())).catch(ignoring("ENOENT"));
  }

  return {
    explained,
    paths,
    tryLock: (name) => tryLockFile(paths.lock(name)),
    pollMs: 50,
    heldLocks: () => heldLocks(paths.room("locks")),
    artifacts: async (only) => {
      const found: FoundArtifact[] = [];
      for (const address of only ? [only] : await addressesIn(location)) {
        const artifact = await describe(paths.artifact(address), address);
        if (artifact !== null) found.push(artifact);
      }
      return found;
    },
    digestOf: async (address, path) => {
      const file = join(paths.artifact(address), path);
      return (await describeFile(file).catch(asLost))?.sha256 ?? null;
    },
    readFile: (address, path) =>
      createReadStream(join(paths.artifact(address), path)),
    removeArtifact: (address) => remove(paths.artifact(address)),
    publish: async ({ directory, settle }) => {
      const { folders } = await listTree(directory);
      for (const folder of folders) await sync(join(directory, folder));
      await sync(directory);
      await settle();
    },
    rooms: folderRooms(location),
    entries: (room) => folderEntries(location, room),
    removeOrphan: ({ path }) => remove(join(location, path)),
    emptyTrash: () => rm(trash, { recursive: true, force: true }),
    references: smallFilesIn(paths.room("references")),
  };
}

async function describe(
  folder: string,
  address: ArtifactAddress,
): Promise<FoundArtifact | null> {
  const found = look(folder, address);
  if (typeof found !== "string" && found.status !== "hit") return null;
  const manifest = typeof found === "string" ? found : found.manifest;
  const stat = statSync(join(folder, "manifest.json"), {
    throwIfNoEntry: false,
  }) ?? statSync(folder, { throwIfNoEntry: false });
  const sizes = await sizesIn(folder);
  return {
    address,
    manifest,
    bytes: [...sizes.values()].reduce((sum, size) => sum + size, 0),
    modified: stat?.mtimeMs ?? 0,
    strangers: typeof manifest === "string"
      ? []
      : [...sizes.keys()].sort().filter((path) =>
        path !== "manifest.json" && !Object.hasOwn(manifest.files, path)
      ),
  };
}

/** Of everything that has an artifact's name, by stage and key. */
async function addressesIn(
  location: string,
): Promise<readonly ArtifactAddress[]> {
  const addresses: ArtifactAddress[] = [];
  const entries = await readdir(location, { withFileTypes: true })
    .catch(() => []);
  const stages = entries
    .filter((entry) => entry.isDirectory() && !entry.name.startsWith("."))
    .map(({ name }) => name)
    .filter((name) => name !== ROOMS.quarantine);
  for (const stage of stages.sort()) {
    const keys = await readdir(join(location, stage)).catch(() => []);
    for (const key of keys.filter(isKey).sort()) addresses.push({ stage, key });
  }
  return addresses;
}

/** A file that the disk has lost; one that may not be read is another thing. */
function asLost(error: unknown): null {
  if (["ENOENT", "ENOTDIR", "EIO"].includes(codeOf(error) ?? "")) return null;
  throw error;
}
