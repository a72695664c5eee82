/**
 * The user's home folder. In a container, a user may have none: no `HOME`, and
 * no entry in the system's list.
 *
 * @module
 */

import { homedir } from "node:os";
import process from "node:process";

/** A folder that is never there: the home that systems give to `nobody`. */
const NOWHERE = "/nonexistent";

/**
 * The home folder. Where there is none, it is one that is never there, and
 * `HOME` says so from then on: libraries that ask the system would throw.
 *
 * @returns {string}
 */
export function homeFolder() {
  try {
    return homedir();
  } catch {
    process.env["HOME"] = NOWHERE;
    return NOWHERE;
  }
}
