/**
 * Marks of files, to see whether one has changed without reading it.
 *
 * @module
 */

import { statSync } from "node:fs";

/**
 * Path to size, times and inode.
 *
 * @typedef {Readonly<Record<string, string>>} Marks
 */

/**
 * Reads marks, each file's once.
 *
 * @typedef {(path: string) => { readonly mark: string; readonly time: number }} MarkReader
 */

/**
 * What was first seen of every file that this process has asked of.
 *
 * @type {Map<string, string>}
 */
const seen = new Map();

/** A file as young as this could change again without its times showing it. */
export const YOUNG_MS = 100;

/**
 * A reader of marks; `time` is when it was last written, in milliseconds.
 *
 * @returns {MarkReader}
 */
export function markReader() {
  /** @type {Map<string, { mark: string; time: number }>} */
  const known = new Map();
  return (path) => {
    let found = known.get(path);
    if (found === undefined) {
      const stat = statSync(path, { bigint: true, throwIfNoEntry: false });
      found = stat === undefined ? { mark: "none", time: 0 } : {
        mark: `${stat.size} ${stat.mtimeNs} ${stat.ctimeNs} ${stat.ino}`,
        time: Number(stat.mtimeNs / 1_000_000n),
      };
      known.set(path, found);
      if (!seen.has(path)) seen.set(path, found.mark);
    }
    return found;
  };
}

/**
 * Whether every file is as it was when it was marked.
 *
 * @param {Marks} marks
 * @param {MarkReader} read
 */
export function areCurrent(marks, read = markReader()) {
  for (const path in marks) if (read(path).mark !== marks[path]) return false;
  return true;
}

/**
 * Marks of files that were read since `started` (milliseconds), or null where
 * one may have changed since: its marks would vouch for what was not read.
 *
 * @param {Iterable<string>} paths
 * @param {number} started
 * @param {MarkReader} read
 * @returns {Marks | null}
 */
export function settledMarks(paths, started, read = markReader()) {
  /** @type {Record<string, string>} */
  const marks = {};
  for (const path of paths) {
    const { mark, time } = read(path);
    if (time >= started - YOUNG_MS) return null;
    marks[path] = mark;
  }
  return marks;
}

/**
 * Marks of all files that this process has asked of, as they were when it first
 * did: on what it has planned, say, depends.
 *
 * @returns {Marks}
 */
export function seenMarks() {
  return Object.fromEntries(seen);
}
