/**
 * Whether a record is gone, or cannot be looked for from here: in another
 * user's folder, on a disk that is not mounted, in another container.
 *
 * @module
 */

import { existsSync, readdirSync, statSync } from "node:fs";
import { basename, dirname } from "node:path";
import { messageOf } from "../lib/errors.ts";
import { codeOf } from "../lib/files.ts";

/** The file system that a record is on. */
export interface Disk {
  /** Where it is mounted. */
  readonly path: string;
  /** Tells it from another that is mounted there. */
  readonly root: string;
}

/** What a look for a record shows. */
type Sight =
  | "there"
  | "gone"
  /** Why it cannot be told. */
  | { readonly unseen: string };

/** The file system of `path`, which need not be there. */
export function diskOf(path: string): Disk | null {
  try {
    let root = path;
    while (!existsSync(root)) root = dirname(root);
    const { dev } = statSync(root);
    for (let up = dirname(root); up !== root; up = dirname(up)) {
      if (statSync(up).dev !== dev) break;
      root = up;
    }
    return { path: root, root: identityOf(root) };
  } catch {
    // Then it is judged by its path alone.
    return null;
  }
}

/** Looks for a record of this host. */
export function lookForRecord(
  { record, disk }: {
    readonly record: string;
    /** As {@link diskOf} had it; earlier versions did not say. */
    readonly disk?: Disk | null | undefined;
  },
): Sight {
  try {
    if (isThere(record) || isBeingReplaced(record)) return "there";
    if (disk && !isMounted(disk)) {
      return { unseen: `another disk is at ${disk.path}` };
    }
    return "gone";
  } catch (error) {
    return { unseen: messageOf(error) };
  }
}

/** @throws Where that cannot be told. */
function isThere(path: string): boolean {
  try {
    statSync(path);
    return true;
  } catch (error) {
    if (["ENOENT", "ENOTDIR"].includes(codeOf(error) ?? "")) return false;
    throw error;
  }
}

/** A report is replaced by two renames, between which it is not there. */
function isBeingReplaced(record: string): boolean {
  const folder = dirname(record);
  const drafts = [`.${basename(folder)}~`, `.${basename(folder)}.old~`];
  return isThere(dirname(folder)) &&
    readdirSync(dirname(folder)).some((name) =>
      drafts.some((draft) => name.startsWith(draft))
    );
}

function isMounted({ path, root }: Disk): boolean {
  return isThere(path) && identityOf(path) === root;
}

function identityOf(folder: string): string {
  const { ino, birthtimeNs } = statSync(folder, { bigint: true });
  return `${ino}-${birthtimeNs}`;
}
