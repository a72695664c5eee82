/**
 * Compiled code that is kept on the disk: a record says where it is, and has
 * marks of all the files it was made of.
 *
 * @module
 */

import { readFileSync } from "node:fs";
import { areCurrent } from "./marks.mjs";

/**
 * @typedef {object} Kept
 * @property {string} made What it was made for, and how.
 * @property {string} code Path of the compiled code.
 * @property {readonly string[]} needs URLs of the core's modules that it takes as they are.
 * @property {import("./marks.mjs").Marks} files Marks of its sources and of itself.
 */

/**
 * What the record says, or null where it is not `made` for this or anything
 * has changed since.
 *
 * @param {string} record
 * @param {string} made
 * @returns {Kept | null}
 */
export function recall(record, made) {
  try {
    /** @type {Kept} */
    const kept = JSON.parse(readFileSync(record, "utf8"));
    return kept.made === made && areCurrent(kept.files) ? kept : null;
  } catch {
    // Not there yet, or not whole.
    return null;
  }
}
