/**
 * Puts files that were made aside into a folder, among files of somebody's.
 *
 * @module
 */

import { lstat, rename, rmdir, unlink } from "node:fs/promises";
import { dirname, join } from "node:path";
import { UserError } from "../lib/errors.ts";
import { describeFile, ignoring } from "../lib/files.ts";
import { makeFolder } from "../lib/make_folder.ts";
import { quoteSome } from "../lib/suggest.ts";
import {
  type Origin,
  readWritten,
  saveWritten,
  type Written,
} from "./written.ts";

/** A file that was made aside. */
export interface Made {
  readonly origin: Origin;
  readonly sha256: string;
  /** Where it is as yet, on the same disk as its place. */
  readonly draft: string;
}

/** Files that are named in a message; more are counted. */
const NAMED = 3;

/**
 * Moves files to their places, and removes what `convert` had written of the
 * same trials in the same formats and does not any more. Gives the list of what
 * it has written that is there now.
 *
 * @throws {UserError} where something is in the way that it has not written, or
 * that was changed since; nothing has happened then.
 */
export async function settleFiles(
  directory: string,
  made: ReadonlyMap<string, Made>,
): Promise<Written> {
  const before = await readWritten(directory);
  const kept = await lookThrough(directory, made, before);
  const files = Object.fromEntries(
    [...made].map(([path, { origin, sha256 }]) =>
      [path, { ...origin, sha256: [sha256] }] as const
    ),
  );
  // Whenever this is broken off, each file is one of those that the list knows.
  const either = Object.entries(files).map(([path, file]) =>
    [path, {
      ...file,
      sha256: [...new Set([...file.sha256, ...before[path]?.sha256 ?? []])],
    }] as const
  );
  await saveWritten(directory, { ...before, ...Object.fromEntries(either) });
  for (const [path, { draft }] of made) {
    await makeFolder(dirname(join(directory, path)));
    await rename(draft, join(directory, path));
  }
  for (const path of await findStale(directory, made, before)) {
    await unlink(join(directory, path));
    await removeEmpty(dirname(join(directory, path)), directory);
  }
  const now = { ...kept, ...files };
  await saveWritten(directory, now);
  return now;
}

/**
 * Sees to it that every file can have its place; gives what of `before` stays.
 */
async function lookThrough(
  directory: string,
  made: ReadonlyMap<string, Made>,
  before: Written,
): Promise<Written> {
  const inTheWay: string[] = [];
  for (const [path, { sha256 }] of made) {
    const obstacle = await findObstacle(directory, path, [
      sha256,
      ...before[path]?.sha256 ?? [],
    ]);
    if (obstacle !== null) inTheWay.push(obstacle);
  }
  const names = [...new Set(inTheWay)];
  if (names.length > 0) {
    throw new UserError(
      `Cannot convert to "${directory}": in the way ${
        names.length === 1 ? "is" : "are"
      } ${
        quoteSome(names, NAMED)
      }, which convert has not written, or which was changed since`,
      {
        hint:
          "Move it away (or remove it, where an earlier version of vae-priors has written it), or name another folder with --out",
      },
    );
  }
  const again = formatsOf(made);
  return Object.fromEntries(
    Object.entries(before).filter(([, file]) => !again.has(formatOf(file))),
  );
}

/** What keeps a file from its place: it, or what is where a folder of it goes. */
async function findObstacle(
  directory: string,
  path: string,
  known: readonly string[],
): Promise<string | null> {
  const parts = path.split("/");
  for (let depth = 1; depth < parts.length; depth++) {
    const folder = parts.slice(0, depth).join("/");
    const found = await statOf(join(directory, folder));
    if (found === null) return null;
    if (!found.isDirectory()) return folder;
  }
  const found = await statOf(join(directory, path));
  if (found === null) return null;
  return found.isFile() && await isKnown(join(directory, path), known)
    ? null
    : path;
}

/** Files of earlier times, as they were written then, that were not made again. */
async function findStale(
  directory: string,
  made: ReadonlyMap<string, Made>,
  before: Written,
): Promise<readonly string[]> {
  const again = formatsOf(made);
  const stale: string[] = [];
  for (const [path, file] of Object.entries(before)) {
    if (made.has(path) || !again.has(formatOf(file))) continue;
    const isOurs = await findObstacle(directory, path, file.sha256) === null;
    if (isOurs && await statOf(join(directory, path)) !== null) {
      stale.push(path);
    }
  }
  return stale;
}

function formatsOf(made: ReadonlyMap<string, Made>): ReadonlySet<string> {
  return new Set([...made.values()].map(({ origin }) => formatOf(origin)));
}

/** The format of a trial: what is written at one go. */
function formatOf({ trial, format }: Origin): string {
  return `${trial ?? ""}/${format}`;
}

async function isKnown(
  file: string,
  digests: readonly string[],
): Promise<boolean> {
  return digests.includes((await describeFile(file)).sha256);
}

async function statOf(path: string) {
  return await lstat(path).catch(ignoring("ENOENT", "ENOTDIR")) ?? null;
}

/** Removes a folder and those around it below `end`, as far as they are empty. */
export async function removeEmpty(folder: string, end: string): Promise<void> {
  for (let one = folder; one !== end; one = dirname(one)) {
    try {
      await rmdir(one);
    } catch {
      return;
    }
  }
}
