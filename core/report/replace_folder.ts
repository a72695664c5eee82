/**
 * A folder that appears whole or not at all.
 *
 * @module
 */

import { mkdir, rename, rm } from "node:fs/promises";
import { basename, dirname, join } from "node:path";
import { listAbandoned, ownedName } from "../store/owner.ts";

const ATTEMPTS = 5;
const OLD = ".old";

/**
 * Lets `fill` write a new folder beside `target` and then puts it in its
 * place. If anything fails, what was there before stays.
 */
export async function replaceFolder(
  target: string,
  fill: (draft: string) => Promise<void>,
): Promise<void> {
  const parent = dirname(target);
  await mkdir(parent, { recursive: true });
  const draft = join(parent, ownedName(`.${basename(target)}`));
  try {
    await mkdir(draft);
    await fill(draft);
    await swap(draft, target);
  } finally {
    // What cannot be removed now is swept when this process has ended.
    await remove(draft);
  }
}

/**
 * Tidies up after processes that died in {@link replaceFolder}: puts back a
 * folder that was to be replaced, and removes drafts. Never throws: in a folder
 * that is read-only it can wait.
 */
export async function recoverFolders(parent: string): Promise<void> {
  for (const { path, name } of await listAbandoned(parent)) {
    if (name.endsWith(OLD)) {
      const target = join(parent, name.slice(1, -OLD.length));
      // Where there is a new one in its place already, that stays.
      await rename(path, target).catch(() => {});
    }
    await remove(path);
  }
}

async function swap(draft: string, target: string): Promise<void> {
  const old = join(dirname(target), ownedName(`.${basename(target)}${OLD}`));
  for (let attempt = 1;; attempt++) {
    const replaced = await rename(target, old).then(() => true, ignoreAbsent);
    try {
      await rename(draft, target);
      break;
    } catch (error) {
      // Another process may have put its own there in between.
      if (replaced) await rename(old, target).catch(() => {});
      if (attempt === ATTEMPTS || !isTaken(error)) throw error;
    }
  }
  await remove(old);
}

async function remove(path: string): Promise<void> {
  await rm(path, { recursive: true, force: true }).catch(() => {});
}

function ignoreAbsent(error: NodeJS.ErrnoException): false {
  if (error.code !== "ENOENT") throw error;
  return false;
}

function isTaken(error: unknown): boolean {
  const code = (error as NodeJS.ErrnoException).code ?? "";
  return ["ENOTEMPTY", "EEXIST", "EPERM"].includes(code);
}
