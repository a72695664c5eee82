/**
 * Where TensorFlow gives back the arrays that a training gives it, as gdb sees
 * it.
 *
 * @module
 */

import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { SEED_PRIORS } from "./_seed_priors.ts";
import { runProcess } from "./_run_process.ts";

/** What releases.py prints. */
interface Releases {
  /** Calls of the addon's deallocator by TF_NewTensor, which has copied the array. */
  readonly inTheCall: number;
  /** Those on the main thread, when the last tensor of an array went. */
  readonly later: number;
  readonly offTheMainThread: number;
  /** The training's exit code; null where it has not ended. */
  readonly exit: number | null;
}

const SCRIPT = fileURLToPath(new URL("releases.py", import.meta.url));
const GDB = ["gdb", "-batch", "-nx", "-x", SCRIPT, "--args"];

/** Prints them for each prior of the comparison, and returns what is wrong. */
export async function tellReleases(folder: string): Promise<string[]> {
  if (spawnSync("gdb", ["--version"]).status !== 0) {
    console.log("Releases are not counted: there is no gdb here");
    return [];
  }
  const complaints: string[] = [];
  for (const prior of Object.keys(SEED_PRIORS)) {
    const where = join(folder, `releases-${prior}`);
    const line = await runProcess(where, ["_training.ts", prior], GDB);
    const found = JSON.parse(line) as Releases;
    const { inTheCall, later, offTheMainThread, exit } = found;
    console.log(
      `Releases in a training of ${prior}: ${inTheCall} in the call that gave the array, ${later} later, ${offTheMainThread} off the main thread`,
    );
    if (exit !== 0) complaints.push(`${prior}: exit code ${exit} under gdb`);
    if (inTheCall === 0) complaints.push(`${prior}: gdb saw no release`);
    if (later + offTheMainThread > 0) {
      complaints.push(`${prior}: arrays are held`);
    }
  }
  return complaints;
}
