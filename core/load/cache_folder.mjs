/** Where compiled code is kept. @module */

import { accessSync, constants, existsSync } from "node:fs";
import { createHash } from "node:crypto";
import { dirname, join, sep } from "node:path";
import { cacheRoot } from "../lib/user_cache.mjs";

/**
 * The folder for what is compiled of the program in the folder `root`: that of
 * tools in the `node_modules` that it is in or has; one of the user's own where
 * somebody else has installed it.
 *
 * @param {string} root Ends with a separator.
 * @returns {string} Ends with a separator.
 */
export function cacheFolder(root) {
  const inside = `${sep}node_modules${sep}`;
  const at = root.lastIndexOf(inside);
  const packages = at === -1
    ? join(root, "node_modules")
    : root.slice(0, at + inside.length);
  const folder = join(packages, ".cache", "vae-priors");
  if (canBeWritten(folder)) return folder + sep;
  const name = createHash("sha256").update(root).digest("hex").slice(0, 16);
  return join(cacheRoot(), "code", name) + sep;
}

/**
 * Whether this process may write into a folder, or make it.
 *
 * @param {string} folder
 */
function canBeWritten(folder) {
  let there = folder;
  while (!existsSync(there) && dirname(there) !== there) there = dirname(there);
  try {
    accessSync(there, constants.W_OK);
    return true;
  } catch {
    return false;
  }
}
