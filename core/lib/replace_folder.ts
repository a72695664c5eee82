/**
 * A folder that appears whole or not at all.
 *
 * @module
 */

import { existsSync } from "node:fs";
import {
  copyFile,
  link,
  lstat,
  mkdir,
  readdir,
  readlink,
  rename,
  rm,
  symlink,
} from "node:fs/promises";
import { basename, dirname, join, relative } from "node:path";
import { UserError } from "./errors.ts";
import { codeOf, ignoring } from "./files.ts";
import { makeFolder } from "./make_folder.ts";
import { listAbandoned, ownedName } from "./owner.ts";

const ATTEMPTS = 5;
const OLD = ".old";

/** Options of {@link replaceFolder}. */
export interface ReplaceOptions {
  /** Whether a file of the old folder, by its path from there, is to be in the new one, too; default none. */
  readonly keeps?: (path: string) => boolean;
}

/**
 * Lets `fill` write a new folder beside `target` and then puts it in its
 * place. If anything fails, what was there before stays.
 *
 * @throws {UserError} where a file to be kept is where `fill` has put a folder,
 * or a folder of it where `fill` has put a file.
 */
export async function replaceFolder(
  target: string,
  fill: (draft: string) => Promise<void>,
  { keeps }: ReplaceOptions = {},
): Promise<void> {
  const parent = dirname(target);
  await makeFolder(parent);
  const draft = join(parent, ownedName(`.${basename(target)}`));
  try {
    await mkdir(draft);
    await fill(draft);
    if (keeps !== undefined) await keep(target, draft, keeps);
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
      // Where it has no right to be put back, it waits for somebody who has.
      if (existsSync(path) && !existsSync(target)) continue;
    }
    await remove(path);
  }
}

/** Puts what is to be kept into the draft, and leaves it where it is until the end. */
async function keep(
  target: string,
  draft: string,
  keeps: (path: string) => boolean,
): Promise<void> {
  const entries = await readdir(target, {
    recursive: true,
    withFileTypes: true,
  }).catch(ignoring("ENOENT", "ENOTDIR")) ?? [];
  for (const entry of entries) {
    const from = join(entry.parentPath, entry.name);
    const path = relative(target, from);
    const to = join(draft, path);
    if (entry.isDirectory() || !keeps(path)) continue;
    const made = await lstat(to).catch(ignoring("ENOENT", "ENOTDIR"));
    if (made?.isDirectory() === false) continue;
    try {
      await makeFolder(dirname(to));
      await takeAlong(from, to, entry.isSymbolicLink());
    } catch (error) {
      if (!["EEXIST", "ENOTDIR"].includes(codeOf(error) ?? "")) throw error;
      throw new UserError(
        `Cannot replace "${target}": "${path}" there is in the way`,
        { hint: "Move it away; all that was complete is kept", cause: error },
      );
    }
  }
}

async function takeAlong(
  from: string,
  to: string,
  isLink: boolean,
): Promise<void> {
  if (isLink) return await symlink(await readlink(from), to);
  // The same file under two names, where the disk can.
  await link(from, to).catch(async (error) => {
    if (codeOf(error) === "EEXIST") throw error;
    await copyFile(from, to);
  });
}

async function swap(draft: string, target: string): Promise<void> {
  const old = join(dirname(target), ownedName(`.${basename(target)}${OLD}`));
  for (let attempt = 1;; attempt++) {
    const replaced = await rename(target, old)
      .then(() => true, ignoring("ENOENT")) ?? false;
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

function isTaken(error: unknown): boolean {
  return ["ENOTEMPTY", "EEXIST", "EPERM"].includes(codeOf(error) ?? "");
}
