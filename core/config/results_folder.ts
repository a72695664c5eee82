/**
 * Whether a file lies among results. What lies there may have come out of an
 * archive, and nobody has looked at it: nothing of it is run unasked.
 *
 * @module
 */

import { existsSync, readFileSync, realpathSync } from "node:fs";
import { basename, dirname, isAbsolute, join, relative, sep } from "node:path";
import { foldersUp } from "../lib/upward.ts";
import { schemeOf } from "../store/local_folder.ts";
import type { Places } from "./types.ts";

/** Folders that are known to hold results. */
export function resultFolders(
  { outputDirectory, storeDirectory }: Places,
  project: string | null,
): readonly string[] {
  const whole = [outputDirectory, storeDirectory]
    .filter((folder) => schemeOf(folder) === undefined)
    // A store that was there may lie around the project.
    .filter((folder) => project === null || !contains(folder, project));
  return [
    ...whole,
    join(outputDirectory, "runs"),
    join(outputDirectory, "latest"),
  ];
}

/**
 * The folder of results that `file` lies in: one of `folders`, or that of a
 * run, of an artifact or of an archive that was unpacked anywhere; null where
 * there is none. The folder `project` and those around it are none.
 */
export function resultsFolder(
  file: string,
  folders: readonly string[],
  project: string | null,
): string | null {
  const path = real(file);
  const known = folders.find((folder) =>
    contains(folder, file) || contains(real(folder), path)
  );
  if (known !== undefined) return known;
  const end = project === null ? null : real(project);
  for (const folder of foldersUp(dirname(path))) {
    if (end !== null && contains(folder, end)) return null;
    if (holdsResults(folder)) return folder;
  }
  return null;
}

/** Whether `path` is `folder` or lies in it. */
export function contains(folder: string, path: string): boolean {
  const way = relative(folder, path);
  return way !== ".." && !way.startsWith(`..${sep}`) && !isAbsolute(way);
}

/** Links resolved, as far as the path is there. */
export function real(path: string): string {
  try {
    return realpathSync(path);
  } catch {
    const parent = dirname(path);
    return parent === path ? path : join(real(parent), basename(path));
  }
}

/** Whether it is the folder of a run, of an artifact or of an unpacked archive, by what is in it. */
function holdsResults(folder: string): boolean {
  const name = basename(folder);
  const record = readMarked(join(folder, "record.json"));
  // A record may have been copied into a project.
  if (record !== null && record.run === name) return true;
  if (readMarked(join(folder, "archive.json")) !== null) return true;
  return /^[0-9a-f]{64}$/.test(name) &&
    existsSync(join(folder, "manifest.json"));
}

/** A file of ours; null where it is none. */
function readMarked(file: string): Readonly<Record<string, unknown>> | null {
  if (!existsSync(file)) return null;
  try {
    const value = JSON.parse(readFileSync(file, "utf8"));
    return /^vae-priors-/.test(value?.format) ? value : null;
  } catch {
    return null;
  }
}
