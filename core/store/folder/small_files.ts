/**
 * Small files in a folder.
 *
 * @module
 */

import { existsSync } from "node:fs";
import { readdir, readFile, rm, stat, utimes } from "node:fs/promises";
import { join } from "node:path";
import type { SmallFiles } from "../backend.ts";
import { ignoring, replaceFile } from "../../lib/files.ts";

/** The small files in `folder`. */
export function smallFilesIn(folder: string): SmallFiles {
  const fileOf = (name = "") => join(folder, name);
  return {
    place: fileOf,
    list: async () => {
      const names = await readdir(folder).catch(ignoring("ENOENT")) ?? [];
      return await Promise.all(
        names.sort().map(async (name) => {
          // Why it cannot be had is told by reading it.
          const found = await stat(fileOf(name)).catch(() => null);
          return { name, modified: found?.mtimeMs ?? 0 };
        }),
      );
    },
    has: (name) => Promise.resolve(existsSync(fileOf(name))),
    read: async (name) =>
      await readFile(fileOf(name), "utf8").catch(ignoring("ENOENT")) ?? null,
    write: (name, text) => replaceFile(fileOf(name), text),
    touch: async (name) => {
      const now = new Date();
      await utimes(fileOf(name), now, now);
    },
    remove: async (names) => {
      for (const name of names) await rm(fileOf(name), { force: true });
    },
  };
}
