/**
 * Looks after a store in a folder.
 *
 * Removal is by rename into `.trash/`, so that an artifact is there whole or
 * not at all whatever interrupts it.
 *
 * @module
 */

import { randomUUID } from "node:crypto";
import { createReadStream, existsSync, statSync } from "node:fs";
import { readdir, rename, rm } from "node:fs/promises";
import { join } from "node:path";
import { makeFolder } from "../../lib/make_folder.ts";
import { receiveArtifact } from "./arrival.ts";
import type { KeptArtifact, StoreCare } from "../care.ts";
import { codeOf, describeFile, listTree, sizeOf } from "../../lib/files.ts";
import { heldLocks } from "./held_locks.ts";
import { isKey, look } from "./artifact_files.ts";
import { findLeftovers } from "./leftovers.ts";
import { folderReferences } from "./references.ts";
import type { Explained } from "../../lib/refusal.ts";
import type { ArtifactAddress } from "../store.ts";

/** What {@link folderCare} has of the store. */
export interface CareOptions {
  readonly location: string;
  readonly directory: (address: ArtifactAddress) => string;
  readonly explained: Explained;
  /** Folder of the attempts at an artifact. */
  readonly attempt: (address: ArtifactAddress) => string;
}

/** Folders of the store that hold no artifacts. */
const SHELF = "quarantine";

/** Looks after the store in a folder. */
export function folderCare(options: CareOptions): StoreCare {
  const { location, directory, attempt, explained } = options;
  const trash = join(location, ".trash");

  async function describe(
    address: ArtifactAddress,
    locks: ReadonlySet<string>,
  ): Promise<KeptArtifact | null> {
    const folder = directory(address);
    const found = look(folder, address);
    const problem = typeof found === "string" ? found : null;
    if (typeof found !== "string" && found.status !== "hit") return null;
    const bytes = await sizeOf(folder);
    const stat = statSync(join(folder, "manifest.json"), {
      throwIfNoEntry: false,
    }) ?? statSync(folder, { throwIfNoEntry: false });
    return {
      address,
      bytes,
      modified: stat?.mtimeMs ?? 0,
      manifest: typeof found === "string" ? null : found.manifest,
      problem,
      locked: locks.has(lockName(address)),
    };
  }

  return {
    list: () =>
      explained("read", async () => {
        const locks = await heldLocks(join(location, ".locks"));
        const artifacts: KeptArtifact[] = [];
        for (const stage of await stagesIn(location)) {
          const keys = await readdir(join(location, stage)).catch(() => []);
          for (const key of keys.filter((name) => isKey(name)).sort()) {
            const found = await describe({ stage, key }, locks);
            if (found !== null) artifacts.push(found);
          }
        }
        return artifacts;
      }),
    look: (address) =>
      explained(
        "read",
        async () =>
          await describe(address, await heldLocks(join(location, ".locks"))),
      ),
    lookAtAttempt: (address) =>
      explained("read", async () => {
        const locks = await heldLocks(join(location, ".locks"));
        const folder = attempt(address);
        return {
          directory: existsSync(folder) ? folder : null,
          working: locks.has(lockName(address)),
        };
      }),
    verify: (address) =>
      explained("read", async () => {
        const seen = look(directory(address), address);
        if (typeof seen === "string") return [seen];
        if (seen.status !== "hit") return [];
        const problems: string[] = [];
        for (const [path, record] of Object.entries(seen.manifest.files)) {
          const found = await describeFile(join(directory(address), path))
            .catch(asLost);
          if (found === null) problems.push(`${path} cannot be read`);
          else if (found.sha256 !== record.sha256) {
            problems.push(`${path} is not what was written`);
          }
        }
        return problems;
      }),
    strangers: async (address) => {
      const found = look(directory(address), address);
      if (typeof found === "string" || found.status !== "hit") return [];
      const { files } = await listTree(directory(address))
        .catch(() => ({ files: [] }));
      return files.filter((path) =>
        path !== "manifest.json" && !Object.hasOwn(found.manifest.files, path)
      );
    },
    readFile: (address, path) =>
      createReadStream(join(directory(address), path)),
    leftovers: () => findLeftovers(location, SHELF),
    discard: async (artifacts, leftovers) => {
      const paths = [
        ...artifacts.map(directory),
        ...leftovers.map(({ path }) => join(location, path)),
      ];
      if (paths.length === 0) return;
      await makeFolder(trash);
      for (const path of paths) {
        await rename(path, join(trash, randomUUID())).catch((error) => {
          // Somebody else has removed it.
          if (codeOf(error) !== "ENOENT") throw error;
        });
      }
    },
    emptyTrash: () => rm(trash, { recursive: true, force: true }),
    receive: (address) =>
      explained("write to", () =>
        receiveArtifact(address, {
          drafts: join(location, ".drafts"),
          target: directory(address),
        })),
    references: folderReferences({
      folder: join(location, ".references"),
      lock: join(location, ".locks", "references"),
      explained,
    }),
  };
}

/** Name of an artifact's lock, as {@link heldLocks} lists it. */
function lockName({ stage, key }: ArtifactAddress): string {
  return `${stage}-${key}`;
}

/** A file that the disk has lost; one that may not be read is another thing. */
function asLost(error: unknown): null {
  if (["ENOENT", "ENOTDIR", "EIO"].includes(codeOf(error) ?? "")) return null;
  throw error;
}

async function stagesIn(location: string): Promise<readonly string[]> {
  const entries = await readdir(location, { withFileTypes: true })
    .catch(() => []);
  return entries
    .filter((entry) => entry.isDirectory() && !entry.name.startsWith("."))
    .map(({ name }) => name)
    .filter((name) => name !== SHELF)
    .sort();
}
