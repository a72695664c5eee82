/**
 * What lies in a store's folder besides artifacts, and when it is needed.
 *
 * @module
 */

import { existsSync, readFileSync, statSync } from "node:fs";
import { readdir } from "node:fs/promises";
import { join } from "node:path";
import type { OrphanKind } from "../admin.ts";
import type { Entry, Room } from "../backend.ts";
import { isLocked, isYoung, kindIn } from "../common/orphans.ts";
import { sizeOf } from "../../lib/tree.ts";
import { isAbandoned } from "../../lib/owner.ts";
import { ROOMS } from "./paths.ts";

/** The rooms of the store at `location`. */
export function folderRooms(location: string): readonly Room[] {
  return [
    {
      path: ROOMS.drafts,
      kind: "draft",
      isBusy: async ({ path }) => !await isAbandoned(join(location, path)),
    },
    { path: ROOMS.attempts, levels: 2, kind: "attempt", isBusy: isLocked },
    {
      path: ROOMS.locks,
      kind: "lock",
      // One that nobody holds may be taken at any moment.
      isBusy: (entry, locks) => isLocked(entry, locks) || isYoung(entry),
    },
    { path: ROOMS.quarantine, kind: "quarantine" },
    { path: ROOMS.trash, kind: "trash" },
    {
      path: ROOMS.references,
      kind: (path) => path.endsWith(".json") ? null : "trash",
      isBusy: isYoung,
    },
    {
      path: ROOMS.sources,
      kind: (path) => path.endsWith(".gz") ? "source" : "trash",
      isBusy: isYoung,
    },
    {
      path: "",
      kind: (name) => kindAtRoot(join(location, name), name),
      isBusy: (entry) => entry.kind === "trash" && isYoung(entry),
    },
  ];
}

/** What lies in a room of the store at `location`. */
export async function folderEntries(
  location: string,
  room: Room,
): Promise<readonly Entry[]> {
  const outer = await namesIn(location, room.path);
  const paths = room.levels !== 2
    ? outer
    : (await Promise.all(outer.map((one) => namesIn(location, one)))).flat();
  const entries = await Promise.all(paths.map(async (path) => {
    const kind = kindIn(room, path);
    return kind === null ? null : await describe(location, path, kind);
  }));
  return entries.filter((entry) => entry !== null);
}

/** Paths in the store of what a folder of it holds. */
async function namesIn(
  location: string,
  path: string,
): Promise<readonly string[]> {
  const names = await readdir(join(location, path)).catch(() => []);
  return names.sort().map((name) => path === "" ? name : `${path}/${name}`);
}

/** Null where it is not there any more. */
async function describe(
  location: string,
  path: string,
  kind: OrphanKind,
): Promise<Entry | null> {
  const file = join(location, path);
  const stat = statSync(file, { throwIfNoEntry: false });
  if (stat === undefined) return null;
  const bytes = stat.isDirectory() ? await sizeOf(file) : stat.size;
  // Of a source, the time of writing is that of its file.
  return { kind, path, bytes, modified: stat.mtimeMs, changed: stat.ctimeMs };
}

/** Remembered digests: `.sources.json`, `.files.json`. */
const CACHES = /^\.[a-z_]+\.json$/;
/** One of them that was being replaced. */
const CACHE_DRAFTS = /^\.[a-z_]+\.json\.[0-9a-f-]{36}$/;
const OUR_FOLDERS: ReadonlySet<string> = new Set(Object.values(ROOMS));

function kindAtRoot(file: string, name: string): OrphanKind | null {
  if (CACHES.test(name)) return isOutdated(file) ? "cache" : null;
  if (CACHE_DRAFTS.test(name)) return "trash";
  const isFolder =
    statSync(file, { throwIfNoEntry: false })?.isDirectory() === true;
  // Folders of stages have any name.
  const isOurs = isFolder && (!name.startsWith(".") || OUR_FOLDERS.has(name));
  return isOurs ? null : "unknown";
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
