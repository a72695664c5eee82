/**
 * `latest`: the way to the newest report.
 *
 * @module
 */

import { existsSync } from "node:fs";
import {
  copyFile,
  lstat,
  readlink,
  rename,
  rm,
  symlink,
} from "node:fs/promises";
import { dirname, join, relative } from "node:path";
import { messageOf } from "../lib/errors.ts";
import { replaceFile } from "../lib/files.ts";
import { makeFolder } from "../lib/make_folder.ts";
import { ownedName } from "../lib/owner.ts";
import { readIntactManifest, readManifest } from "./manifest.ts";
import { latestNote, REPORT_FILES } from "./paths.ts";
import { replaceFolder } from "../lib/replace_folder.ts";

/** Where `latest` leads now. */
export interface Latest {
  /** The link, the copy or the text file; null where there can be none. */
  readonly path: string | null;
  /** Why `<outputs>/latest` does not lead to the report; null where it does. */
  readonly warning: string | null;
}

/**
 * Has `<outputs>/latest` lead to a finished report: by a symbolic link, else,
 * where the file system knows none, by a copy; else, or where somebody has put
 * something of that name there, `latest.txt` names it. What led to an earlier
 * one goes. Never throws: the report is there.
 */
export async function pointLatest(
  outputs: string,
  directory: string,
): Promise<Latest> {
  const latest = join(outputs, "latest");
  const note = latestNote(outputs);
  const target = relative(outputs, directory);
  try {
    if (await kindOf(latest) === "somebody's") {
      throw new Error("something else has that name, move it away");
    }
    await link(latest, target).catch(() => copy(latest, directory));
    if (existsSync(note)) await rm(note, { force: true }).catch(() => {});
    return { path: latest, warning: null };
  } catch (error) {
    await clear(latest).catch(() => {});
    const path = await replaceFile(note, `${target}\n`).then(
      () => note,
      () => null,
    );
    if (path === null) await rm(note, { force: true }).catch(() => {});
    const instead = path === null ? "" : `; "${path}" names it`;
    const warning =
      `"${latest}" does not lead to the report, which is in "${directory}": ${
        messageOf(error)
      }${instead}`;
    return { path, warning };
  }
}

async function link(latest: string, target: string): Promise<void> {
  if (await readlink(latest).catch(() => null) === target) return;
  const draft = join(dirname(latest), ownedName(".latest"));
  try {
    await symlink(target, draft, "dir");
    await clear(latest, ["copy"]);
    await rename(draft, latest);
  } catch (error) {
    await rm(draft, { force: true }).catch(() => {});
    throw error;
  }
}

async function copy(latest: string, directory: string): Promise<void> {
  const kind = await kindOf(latest);
  const [found, wanted] = await Promise.all(
    [latest, directory].map((folder) => readManifest(folder)),
  );
  if (kind === "copy" && JSON.stringify(found) === JSON.stringify(wanted)) {
    return;
  }
  // Not what somebody has put beside them.
  const files = [...Object.keys(wanted?.files ?? {}), REPORT_FILES.manifest];
  await replaceFolder(latest, async (draft) => {
    for (const file of files) {
      await makeFolder(dirname(join(draft, file)));
      await copyFile(join(directory, file), join(draft, file));
    }
  });
}

/** Removes what leads to an earlier report, and nothing of anybody's. */
async function clear(
  latest: string,
  kinds: readonly Kind[] = ["link", "copy"],
): Promise<void> {
  if (!kinds.includes(await kindOf(latest))) return;
  await rm(latest, { recursive: true, force: true });
}

type Kind = "nothing" | "link" | "copy" | "somebody's";

/** A copy is one as long as nobody has put, changed or removed something. */
async function kindOf(latest: string): Promise<Kind> {
  const found = await lstat(latest).catch(() => null);
  if (found === null) return "nothing";
  if (found.isSymbolicLink()) return "link";
  const manifest = await readIntactManifest(latest, { alone: true });
  return manifest === null ? "somebody's" : "copy";
}
