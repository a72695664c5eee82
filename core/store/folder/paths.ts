/**
 * Where things lie in a store's folder:
 *
 * ```text
 * <stage>/<key>/                    value.json arrays.safetensors manifest.json and files
 * quarantine/<stage>-<key>-<digits> damaged artifacts
 * .drafts/                          artifacts in the making
 * .attempts/<stage>/<key>/          checkpoints
 * .locks/<stage>-<key>.lock/        who makes it
 * .references/<run>-<digits>.json   what runs need
 * .sources/                         sources that were kept for explanations
 * .manifests/                       where it is the cache of another store
 * .trash/                           what was taken away
 * ```
 *
 * @module
 */

import { join } from "node:path";
import type { ArtifactAddress } from "../artifact.ts";

/** Folders that hold no artifacts. */
export const ROOMS = {
  quarantine: "quarantine",
  drafts: ".drafts",
  attempts: ".attempts",
  locks: ".locks",
  references: ".references",
  sources: ".sources",
  manifests: ".manifests",
  trash: ".trash",
} as const;

/** Absolute paths in a store's folder. */
export type FolderPaths = ReturnType<typeof folderPaths>;

/** The paths in the folder `location`. */
export function folderPaths(location: string) {
  return {
    location,
    room: (name: keyof typeof ROOMS) => join(location, ROOMS[name]),
    artifact: ({ stage, key }: ArtifactAddress) => join(location, stage, key),
    attempt: ({ stage, key }: ArtifactAddress) =>
      join(location, ROOMS.attempts, stage, key),
    /** For `tryLockFile`. */
    lock: (name: string) => join(location, ROOMS.locks, name),
  };
}
