/**
 * Arrays of a script on this machine's disk, where workers find them: as IDX
 * files in the user's cache, in a folder of their digest.
 *
 * @module
 */

import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { UserError } from "../core/lib/errors.ts";
import { replaceFile } from "../core/lib/files.ts";
import { explainRefusal } from "../core/lib/refusal.ts";
import { cacheRoot } from "../core/lib/user_cache.mjs";
import type { FoundSet } from "./format.ts";
import type { ArrayDataset } from "./from_arrays.ts";
import { idxFormat } from "./idx_format.ts";
import { mnistNames, roles } from "./mnist.ts";

/** Name and digest of arrays, as `fromArrays` gives them. */
export const ARRAYS_ID = /^([A-Za-z0-9][A-Za-z0-9._]*)-([0-9a-f]{64})$/;

/**
 * Writes arrays to the cache, unless they are there as they should be.
 *
 * @throws {UserError} where the cache cannot be written to.
 */
export async function keepArrays(
  { arrays, files }: ArrayDataset,
): Promise<void> {
  const folder = folderOf(arrays);
  try {
    for (const role of roles) {
      const path = join(folder, mnistNames[role]);
      const kept = await readFile(path).catch(() => null);
      if (kept?.equals(files[role]) !== true) {
        await replaceFile(path, files[role]);
      }
    }
  } catch (error) {
    throw explainRefusal(error, {
      what: "Cannot keep the arrays of the data set",
      folder,
      elsewhere: "with VAE_PRIORS_CACHE",
    });
  }
}

/**
 * The files of arrays that have been kept.
 *
 * @throws {UserError} where this machine has none.
 */
export async function findArrays(
  arrays: string,
): Promise<FoundSet & { readonly folder: string }> {
  const folder = folderOf(arrays);
  const found = await idxFormat.find(folder);
  if (found !== null) return { ...found, folder };
  throw new UserError(
    `Cannot load the data set: found no arrays "${arrays}" on this machine, want them in "${folder}"`,
    {
      hint:
        "Arrays of a script stay on the machine that it ran on: run it here, or write them to files that all machines have, and name those in load_mnist.dir",
    },
  );
}

function folderOf(arrays: string): string {
  const [, name = "", digest = ""] = ARRAYS_ID.exec(arrays) ?? [];
  return join(cacheRoot(), "arrays", digest, name);
}
