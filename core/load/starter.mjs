/** Which processes have started this one, as it is when this is loaded. @module */

import { readFileSync } from "node:fs";
import process from "node:process";

/** What starts a command and a few shells between. */
const DEPTH = 5;

/**
 * Their ids, that of the parent first and as far up as can be seen: a process
 * whose parent dies gets another one, and `process.ppid` is that one's id.
 *
 * @type {readonly number[]}
 */
export const starters = upwards();

/** @returns {number[]} */
function upwards() {
  const found = [process.ppid];
  try {
    while (found.length < DEPTH) {
      const stat = readFileSync(`/proc/${found.at(-1)}/stat`, "utf8");
      // The second field, a name in brackets, may hold anything.
      const parent = Number(stat.slice(stat.lastIndexOf(")")).split(" ")[2]);
      if (!(parent > 0)) break;
      found.push(parent);
    }
  } catch {
    // Another system, or one that may not be seen from here.
  }
  return found;
}
