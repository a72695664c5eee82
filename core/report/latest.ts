/**
 * `latest`: the way to the newest report.
 *
 * @module
 */

import { readlink, rename, rm, symlink } from "node:fs/promises";
import { join, relative } from "node:path";
import { codeOf, replaceFile } from "../store/files.ts";
import { ownedName } from "../store/owner.ts";

/**
 * No right to make links (Windows), a disk that knows none, or a folder of that
 * name in the way.
 */
const NO_LINK = [
  "EPERM",
  "ENOSYS",
  "ENOTSUP",
  "EOPNOTSUPP",
  "EISDIR",
  "ENOTEMPTY",
  "EEXIST",
];

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
  const draft = join(outputs, ownedName(".latest"));
  try {
    await symlink(target, draft, "dir");
    await rename(draft, link);
    return link;
  } catch (error) {
    await rm(draft, { force: true }).catch(() => {});
    // With a full disk, say, it would be a file that contradicts the link.
    if (!NO_LINK.includes(codeOf(error) ?? "")) throw error;
    const file = `${link}.txt`;
    await replaceFile(file, `${target}\n`);
    return file;
  }
}
