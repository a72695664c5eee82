/**
 * Checkpoints of a store of objects. They are written and read in a folder of
 * this machine, and what was saved there is in the store for the next one.
 *
 * The newer of both counts: the store's, where another machine has written it
 * since this one last did, and else the one here, which may not have come
 * through.
 *
 * @module
 */

import { existsSync } from "node:fs";
import { readFile, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { writeDurably } from "../../lib/files.ts";
import type { FolderPaths } from "../folder/paths.ts";
import type { Explained } from "../../lib/refusal.ts";
import type { ArtifactAddress } from "../artifact.ts";
import type { ArtifactStore } from "../store.ts";
import type { FoundObject, Objects } from "./objects.ts";
import { attemptPath, staysWithin } from "./paths.ts";
import type { Signer } from "./signature.ts";

/** The part of a store that is about attempts. */
export type Attempts = Pick<
  ArtifactStore,
  "attemptDirectory" | "saveAttempt" | "clearAttempt"
>;

/** What {@link remoteAttempts} works with. */
interface AttemptsOptions {
  readonly objects: Objects;
  readonly signer: Signer;
  readonly cache: ArtifactStore;
  /** The cache's. */
  readonly paths: FolderPaths;
  /** Explains what goes wrong in the cache. */
  readonly explained: Explained;
}

/** ETags of the files of an attempt that both had, last time. */
const MEMORY = ".uploaded.json";

/** The attempts of a store. */
export function remoteAttempts(
  { objects, signer, cache, paths, explained }: AttemptsOptions,
): Attempts {
  async function download(
    address: ArtifactAddress,
    folder: string,
    name: string,
  ): Promise<string | null> {
    const path = attemptPath(address) + name;
    const found = await objects.get(path);
    if (found === null || found === "same") return null;
    check(address, path, found);
    await writeDurably(join(folder, name), found.bytes);
    return found.etag;
  }

  function check(
    { stage, key }: ArtifactAddress,
    path: string,
    found: FoundObject,
  ): void {
    const what = `checkpoint of stage "${stage}" (${key.slice(0, 8)})`;
    signer.check(path, found, what);
  }

  const attempts: Attempts = {
    attemptDirectory: async (address) => {
      const prefix = attemptPath(address);
      const folder = await cache.attemptDirectory(address);
      const there = new Map(
        (await objects.list(prefix))
          .map(({ path, etag }) => [path.slice(prefix.length), etag] as const)
          .filter(([name]) => staysWithin(name) && !name.includes("/")),
      );
      const known = await recall(folder);
      if (there.size === 0 && known.size > 0) {
        // Another machine has finished it, or somebody wants it made anew.
        await cache.clearAttempt(address);
        return await cache.attemptDirectory(address);
      }
      for (const [name, etag] of there) {
        const isHere = existsSync(join(folder, name));
        if (isHere && known.get(name) === etag) continue;
        const now = await download(address, folder, name);
        if (now !== null) await remember(folder, known.set(name, now));
      }
      return folder;
    },
    saveAttempt: async (address, name) => {
      const folder = paths.attempt(address);
      const path = attemptPath(address) + name;
      const bytes = await readFile(join(folder, name));
      const etag = await objects.put(path, bytes, {
        signature: signer.sign(path, bytes),
        // What is saved here is safe enough for now.
        persistent: false,
      });
      const known = await recall(folder);
      await remember(folder, known.set(name, etag!));
    },
    clearAttempt: async (address) => {
      // The copy here last: without the store's it is known to be cleared.
      const found = await objects.list(attemptPath(address));
      await objects.remove(found.map(({ path }) => path));
      await cache.clearAttempt(address);
    },
  };
  return {
    attemptDirectory: (address) =>
      explained("write to", () => attempts.attemptDirectory(address)),
    saveAttempt: (address, file) =>
      explained("write to", () => attempts.saveAttempt(address, file)),
    clearAttempt: (address) =>
      explained("write to", () => attempts.clearAttempt(address)),
  };
}

async function recall(folder: string): Promise<Map<string, string>> {
  try {
    const text = await readFile(join(folder, MEMORY), "utf8");
    return new Map(Object.entries(JSON.parse(text) as Record<string, string>));
  } catch {
    return new Map();
  }
}

async function remember(
  folder: string,
  known: ReadonlyMap<string, string>,
): Promise<void> {
  const file = join(folder, MEMORY);
  await rm(file, { force: true });
  await writeFile(file, JSON.stringify(Object.fromEntries(known)));
}
