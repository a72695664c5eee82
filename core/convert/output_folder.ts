/**
 * A folder that converted files go to, beside whatever else it holds. They
 * appear one by one, each whole, when all of them are made.
 *
 * @module
 */

import { rm, rmdir, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { sha256 } from "../lib/files.ts";
import { removeStaleLocks, tryLockFile } from "../lib/lock.ts";
import { explainRefusal } from "../lib/refusal.ts";
import { makeFolder } from "../lib/make_folder.ts";
import { ownedName } from "../lib/owner.ts";
import { withLock } from "../lib/wait_for_lock.ts";
import { type Made, removeEmpty, settleFiles } from "./settle_files.ts";
import { type Origin, readWritten, type Written } from "./written.ts";

/** Converted files on their way to a folder. */
export interface OutputFolder {
  /** Makes a file aside; `path` is from the folder, with `/`. */
  add(path: string, data: Uint8Array | string, origin: Origin): Promise<void>;
  /**
   * Puts all files in their places, and removes what `convert` had written of
   * the same trials in the same formats and does not any more. Gives what is
   * there now.
   *
   * @throws {UserError} where something is in the way that it has not written,
   * or that was changed since; nothing has happened then.
   */
  settle(): Promise<Written>;
  /** Removes what has not appeared. */
  discard(): Promise<void>;
}

/** Holds drafts and the lock; it goes with the last of them. */
const ASIDE = ".converting";
const POLL_MS = 50;

/**
 * Opens a folder, which is made with its first file.
 *
 * @throws {UserError} where it has a list of written files that is none.
 */
export async function openOutput(directory: string): Promise<OutputFolder> {
  const aside = join(directory, ASIDE);
  const drafts = join(aside, ownedName("draft"));
  const made = new Map<string, Made>();
  /** The outermost folder that was not there. */
  let first: string | undefined;

  const explained = async <T>(work: () => Promise<T>): Promise<T> => {
    try {
      return await work();
    } catch (error) {
      throw explainRefusal(error, {
        what: "Cannot write what was converted",
        folder: directory,
        elsewhere: "with --out",
      });
    }
  };

  await explained(() => readWritten(directory));
  return {
    add: (path, data, origin) =>
      explained(async () => {
        if (made.size === 0) {
          first = await makeFolder(directory);
          await makeFolder(drafts);
          await removeStaleLocks(aside);
        }
        // No names that TensorBoard would look into.
        const draft = join(drafts, String(made.size));
        await writeFile(draft, data);
        made.set(path, { origin, sha256: sha256(data), draft });
      }),
    settle: () =>
      explained(() =>
        withLock(
          () => tryLockFile(join(aside, "folder")),
          POLL_MS,
          () => settleFiles(directory, made),
        )
      ),
    discard: async () => {
      await rm(drafts, { recursive: true, force: true }).catch(() => {});
      await rmdir(aside).catch(() => {});
      if (first === undefined) return;
      // Of folders that were made for it, those that nothing has come into.
      await removeEmpty(directory, dirname(first));
    },
  };
}
