import { mkdir, stat } from "node:fs/promises";
import { dirname } from "node:path";

/** Others may remove a folder in between, but not so often. */
const TRIES = 100;

/**
 * Makes a folder with those above it, as Node's recursive `mkdir` does; which
 * tries for ever, and no signal ends it, where a folder is there that takes no
 * other (`/proc`).
 *
 * @returns The outermost folder that was made, if one was.
 * @throws What the file system says; ENOTSUP where it takes no folder there.
 */
export async function makeFolder(path: string): Promise<string | undefined> {
  let first: string | undefined;
  for (let tries = 1;; tries++) {
    try {
      await mkdir(path);
      return first ?? path;
    } catch (error) {
      const { code } = error as NodeJS.ErrnoException;
      if (code !== "ENOENT") {
        if (await isFolder(path)) return first;
        throw error;
      }
      if (tries === TRIES) throw refused(path, error);
      const above = await makeFolder(dirname(path));
      first ??= above;
    }
  }
}

function refused(path: string, cause: unknown): Error {
  const error = new Error(`ENOTSUP: no folder can be made, mkdir '${path}'`, {
    cause,
  });
  return Object.assign(error, { code: "ENOTSUP", path, syscall: "mkdir" });
}

async function isFolder(path: string): Promise<boolean> {
  try {
    return (await stat(path)).isDirectory();
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === "ENOENT" || code === "ENOTDIR") return false;
    throw error;
  }
}
