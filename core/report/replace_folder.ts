/**
 * A folder that appears whole or not at all.
 *
 * @module
 */

import { randomUUID } from "node:crypto";
import { mkdir, readdir, rename, rm, stat } from "node:fs/promises";
import { basename, dirname, join } from "node:path";

/** A draft this old was left by a process that died. */
const STALE_MS = 60 * 60 * 1000;
const ATTEMPTS = 5;

/**
 * Lets `fill` write a new folder beside `target` and then puts it in its
 * place. If anything fails, what was there before stays.
 */
export async function replaceFolder(
  target: string,
  fill: (draft: string) => Promise<void>,
): Promise<void> {
  const parent = dirname(target);
  const prefix = `.${basename(target)}-`;
  await mkdir(parent, { recursive: true });
  await removeStale(parent, prefix);
  const draft = join(parent, `${prefix}${randomUUID()}`);
  await mkdir(draft);
  try {
    await fill(draft);
    await swap(draft, target);
  } finally {
    await rm(draft, { recursive: true, force: true });
  }
}

async function swap(draft: string, target: string): Promise<void> {
  const old = `${draft}-old`;
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
  await rm(old, { recursive: true, force: true });
}

async function removeStale(parent: string, prefix: string): Promise<void> {
  for (const name of await readdir(parent)) {
    if (!name.startsWith(prefix)) continue;
    const path = join(parent, name);
    const { mtimeMs } = await stat(path).catch(() => ({ mtimeMs: Infinity }));
    if (Date.now() - mtimeMs > STALE_MS) {
      await rm(path, { recursive: true, force: true });
    }
  }
}

function ignoreAbsent(error: NodeJS.ErrnoException): false {
  if (error.code !== "ENOENT") throw error;
  return false;
}

function isTaken(error: unknown): boolean {
  const code = (error as NodeJS.ErrnoException).code ?? "";
  return ["ENOTEMPTY", "EEXIST", "EPERM"].includes(code);
}
