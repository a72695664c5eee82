/**
 * `latest`: the way to the newest report.
 *
 * @module
 */

import { randomUUID } from "node:crypto";
import { readlink, rename, rm, symlink, writeFile } from "node:fs/promises";
import { join, relative } from "node:path";

/**
 * Points `<outputs>/latest` at a folder: a symbolic link, or `latest.txt` with
 * the path where links cannot be made. Returns the path of either.
 */
export async function pointLatest(
  outputs: string,
  directory: string,
): Promise<string> {
  const link = join(outputs, "latest");
  const target = relative(outputs, directory);
  if (await readlink(link).catch(() => null) === target) return link;
  const draft = join(outputs, `.latest-${randomUUID()}`);
  try {
    await symlink(target, draft, "dir");
    await rename(draft, link);
    return link;
  } catch {
    // No right to make links (Windows), or a folder of that name in the way.
    await rm(draft, { force: true });
    const file = `${link}.txt`;
    await writeFile(file, `${target}\n`);
    return file;
  }
}
