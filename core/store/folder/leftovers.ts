/**
 * What lies in a store's folder besides artifacts.
 *
 * @module
 */

import { existsSync, readFileSync, statSync } from "node:fs";
import { readdir } from "node:fs/promises";
import { join } from "node:path";
import type { Leftover, LeftoverKind } from "../care.ts";
import { sizeOf } from "../../lib/files.ts";
import { heldLocks } from "./held_locks.ts";
import { listAbandoned } from "../../lib/owner.ts";
import type { ArtifactAddress } from "../store.ts";

/** What nobody has touched for so long, nobody is at. */
const ABANDONED_MS = 60 * 60 * 1000;

/** Everything in the store at `location` that is no artifact; `shelf` is its quarantine. */
export async function findLeftovers(
  location: string,
  shelf: string,
): Promise<readonly Leftover[]> {
  const locks = await heldLocks(join(location, ".locks"));
  const found: Leftover[] = [];
  const add = async (
    kind: LeftoverKind,
    path: string,
    rest: Partial<Leftover> = {},
  ) => {
    const stat = statSync(join(location, path), { throwIfNoEntry: false });
    if (stat === undefined) return;
    const bytes = stat.isDirectory()
      ? await sizeOf(join(location, path))
      : stat.size;
    const modified = stat.mtimeMs;
    found.push({
      kind,
      path,
      bytes,
      modified,
      address: null,
      busy: false,
      ...rest,
    });
  };
  const drafts = join(location, ".drafts");
  const abandoned = new Set(
    (await listAbandoned(drafts, { unnamed: true })).map(({ path }) => path),
  );
  for (const name of await names(drafts)) {
    const busy = !abandoned.has(join(drafts, name));
    await add("draft", `.drafts/${name}`, { busy });
  }
  for (const stage of await names(join(location, ".attempts"))) {
    for (const key of await names(join(location, ".attempts", stage))) {
      const busy = locks.has(`${stage}-${key}`);
      const address = { stage, key };
      await add("attempt", `.attempts/${stage}/${key}`, { address, busy });
    }
  }
  for (const name of await names(join(location, ".locks"))) {
    const busy = locks.has(name.replace(/\.lock$/, "")) ||
      isYoung(join(location, ".locks", name));
    await add("lock", `.locks/${name}`, { busy });
  }
  for (const name of await names(join(location, shelf))) {
    const address = addressIn(name);
    await add("quarantine", `${shelf}/${name}`, { address });
  }
  for (const name of await names(join(location, ".trash"))) {
    await add("trash", `.trash/${name}`);
  }
  for (const name of await names(join(location, ".references"))) {
    const path = `.references/${name}`;
    const busy = isYoung(join(location, path));
    if (!name.endsWith(".json")) await add("trash", path, { busy });
  }
  for (const name of await names(join(location, ".sources"))) {
    const path = `.sources/${name}`;
    const busy = isYoung(join(location, path));
    await add(name.endsWith(".gz") ? "source" : "trash", path, { busy });
  }
  for (const name of await names(location)) {
    const path = join(location, name);
    if (CACHES.test(name)) {
      if (isOutdated(path)) await add("cache", name);
    } else if (CACHE_DRAFTS.test(name)) {
      await add("trash", name, { busy: isYoung(path) });
    } else if (!isOurs(path, name)) await add("unknown", name);
  }
  return found;
}

/** Remembered digests: `.sources.json`, `.files.json`. */
const CACHES = /^\.[a-z_]+\.json$/;
/** One of them that was being replaced. */
const CACHE_DRAFTS = /^\.[a-z_]+\.json\.[0-9a-f-]{36}$/;

async function names(folder: string): Promise<readonly string[]> {
  return (await readdir(folder).catch(() => [])).sort();
}

function isYoung(path: string): boolean {
  const stat = statSync(path, { throwIfNoEntry: false });
  if (stat === undefined) return false;
  // Of a source, the other time is that of its file.
  return Date.now() - Math.max(stat.mtimeMs, stat.ctimeMs) < ABANDONED_MS;
}

/** `train-<key>-<8 digits>`, as quarantine names an artifact. */
function addressIn(name: string): ArtifactAddress | null {
  const match = /^(.+)-([0-9a-f]{64})-[0-9a-f]{8}$/.exec(name);
  return match === null ? null : { stage: match[1]!, key: match[2]! };
}

/** Whether remembered digests are of files of which one is gone. */
function isOutdated(file: string): boolean {
  try {
    const memory = JSON.parse(readFileSync(file, "utf8"));
    const paths = Object.keys(memory.modules ?? memory)
      .filter((path) => /^(?:\/|[A-Za-z]:[\\/])/.test(path));
    return paths.some((path) => !existsSync(path));
  } catch {
    return true;
  }
}

/** Folders of the store, and of stages: such that hold nothing but keys. */
function isOurs(path: string, name: string): boolean {
  if (statSync(path, { throwIfNoEntry: false })?.isDirectory() !== true) {
    return false;
  }
  return !name.startsWith(".") || FOLDERS.has(name);
}

const FOLDERS = new Set([
  ".drafts",
  ".attempts",
  ".locks",
  ".references",
  ".sources",
  ".trash",
  // Where the folder is the cache of another store.
  ".manifests",
]);
