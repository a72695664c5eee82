/**
 * Reads artifacts of the store through the cache of this machine: the store is
 * asked what an artifact is, and the files are taken from here where they are
 * those.
 *
 * @module
 */

import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { RunError } from "../../lib/errors.ts";
import { lockName } from "../common/names.ts";
import { readVerified } from "../folder/artifact_files.ts";
import { tryLockFile } from "../../lib/lock.ts";
import type { FolderPaths } from "../folder/paths.ts";
import { DamagedArtifactError } from "../damaged.ts";
import type {
  ArtifactAddress,
  ArtifactManifest,
  ArtifactValue,
} from "../artifact.ts";
import type { ArtifactStore } from "../store.ts";
import { waitForLock } from "../../lib/wait_for_lock.ts";
import { downloadArtifact } from "./download.ts";
import type { Manifests } from "./manifests.ts";
import type { Objects } from "./objects.ts";
import type { Shelf } from "./quarantine.ts";

/** What {@link readThrough} works with. */
interface CopiesOptions {
  readonly objects: Objects;
  readonly manifests: Manifests;
  readonly cache: Pick<ArtifactStore, "directory" | "admin">;
  /** The cache's. */
  readonly paths: FolderPaths;
  readonly shelve: Shelf;
  /** Whether the copy here, whole as it may be, says nothing of the store's. */
  readonly isSuspect: (address: ArtifactAddress) => boolean;
}

/** An artifact that is replaced all the time is looked at so often. */
const LOOKS = 5;
const LOOK_MS = 20;
/** How often a copy that another process makes is looked for. */
const POLL_MS = 50;

/**
 * The value of an artifact, all of it verified.
 *
 * @throws {DamagedArtifactError}
 */
export async function readThrough(
  address: ArtifactAddress,
  options: CopiesOptions,
): Promise<ArtifactValue> {
  for (let looks = 1;; looks++) {
    const found = await options.manifests.get(address);
    if (found === null) {
      throw new DamagedArtifactError(address, "manifest.json is missing");
    }
    const { text, manifest } = found;
    if (typeof manifest === "string") {
      await options.shelve(address, { text, problem: manifest, files: [] });
      throw new DamagedArtifactError(address, manifest);
    }
    const value = options.isSuspect(address)
      ? null
      : await readCopy(address, text, options);
    if (value !== null) return value;
    const made = await copy(address, { text, manifest }, options);
    if ("value" in made) return made.value;
    const now = await options.manifests.get(address);
    if (now?.text === text) {
      await options.shelve(address, { text, ...made });
      throw new DamagedArtifactError(address, made.problem);
    }
    // It was replaced, or removed, while it was read.
    if (looks === LOOKS) throw new DamagedArtifactError(address, made.problem);
    await delay(LOOK_MS);
  }
}

interface Wanted {
  readonly text: string;
  readonly manifest: ArtifactManifest;
}

/** Makes the copy, unless another process of this machine has just done so. */
async function copy(
  address: ArtifactAddress,
  { text, manifest }: Wanted,
  options: CopiesOptions,
): Promise<
  { readonly value: ArtifactValue } | {
    readonly problem: string;
    /** Digests of the bad files. */
    readonly files: readonly string[];
  }
> {
  const { cache, paths, objects, isSuspect } = options;
  const lock = await takeLock(paths, address);
  try {
    const before = isSuspect(address)
      ? null
      : await readCopy(address, text, options);
    if (before !== null) return { value: before };
    const bad = await downloadArtifact({
      objects,
      manifest,
      text,
      paths,
    });
    if (bad.length > 0) {
      const { path, problem } = bad[0]!;
      const files = bad.map(({ sha256 }) => sha256);
      return { problem: `${path} ${problem}`, files };
    }
    const value = await readVerified(cache.directory(address), address);
    if (typeof value !== "string") return { value };
    // As it was written, and yet no value: another version's format.
    const isHere = (await cache.admin.verify(address)).length > 0;
    if (!isHere) return { problem: value, files: [] };
    throw new RunError(
      `Cannot read a fresh copy of stage "${address.stage}" in "${
        cache.directory(address)
      }": ${value}`,
      { hint: "Check the disk, or set VAE_PRIORS_CACHE to another folder" },
    );
  } finally {
    await lock.release();
  }
}

/** The value of the copy here, where it is a whole one of this manifest. */
async function readCopy(
  address: ArtifactAddress,
  text: string,
  { cache }: CopiesOptions,
): Promise<ArtifactValue | null> {
  const folder = cache.directory(address);
  const own = await readFile(join(folder, "manifest.json"), "utf8")
    .catch(() => null);
  if (own !== text) return null;
  const value = await readVerified(folder, address);
  return typeof value === "string" ? null : value;
}

function takeLock(paths: FolderPaths, address: ArtifactAddress) {
  const path = paths.lock(`copy-${lockName(address)}`);
  return waitForLock(() => tryLockFile(path), POLL_MS);
}
