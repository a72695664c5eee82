/**
 * What a folder holds, and how large it is.
 *
 * @module
 */

import { readdirSync, statSync } from "node:fs";
import { readdir } from "node:fs/promises";
import { join, relative, sep } from "node:path";

/** Names in a folder; none where it is not there, or cannot be read. */
export function listNames(folder: string): readonly string[] {
  try {
    return readdirSync(folder);
  } catch {
    return [];
  }
}

/** A folder's files and folders, below and below those. */
interface Tree {
  /** Relative paths with `/`, sorted. */
  readonly files: readonly string[];
  /** Relative paths of the folders, outer ones first. */
  readonly folders: readonly string[];
}

/**
 * What a folder holds.
 *
 * @throws {Error} Where it holds something else than files and folders.
 */
export async function listTree(root: string): Promise<Tree> {
  const files: string[] = [];
  const folders: string[] = [];
  const visit = async (prefix: string): Promise<void> => {
    const entries = await readdir(join(root, prefix), { withFileTypes: true });
    for (const entry of entries) {
      const path = prefix === "" ? entry.name : `${prefix}/${entry.name}`;
      if (entry.isDirectory()) {
        folders.push(path);
        await visit(path);
      } else if (entry.isFile()) {
        files.push(path);
      } else {
        throw new Error(`Cannot keep "${path}": it is neither file nor folder`);
      }
    }
  };
  await visit("");
  return { files: files.sort(), folders };
}

/** Bytes of each file in a folder and below, by its relative path with `/`. */
export async function sizesIn(
  folder: string,
): Promise<ReadonlyMap<string, number>> {
  const entries = await readdir(folder, {
    recursive: true,
    withFileTypes: true,
  }).catch(() => []);
  const sizes = new Map<string, number>();
  for (const entry of entries) {
    if (!entry.isFile()) continue;
    const file = join(entry.parentPath, entry.name);
    const size = statSync(file, { throwIfNoEntry: false })?.size ?? 0;
    sizes.set(relative(folder, file).split(sep).join("/"), size);
  }
  return sizes;
}

/** Bytes of the files in a folder. */
export async function sizeOf(folder: string): Promise<number> {
  const sizes = [...(await sizesIn(folder)).values()];
  return sizes.reduce((sum, size) => sum + size, 0);
}
