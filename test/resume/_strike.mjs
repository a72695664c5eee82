/**
 * Loaded before anything else of a run and its workers (`node --import`): kills
 * when a worker has saved so many checkpoints, as `STRIKE` says.
 *
 * @module
 */

import fs from "node:fs";
import { syncBuiltinESMExports } from "node:module";
import { basename } from "node:path";

/** @type {import("./_job.ts").Kill & { readonly everyStep: boolean }} */
const { victim, checkpoints, ms, everyStep } = JSON.parse(
  process.env["STRIKE"] ?? "",
);

// Only the runner's children have a channel to their parent.
if (process.send !== undefined) {
  if (everyStep) hurryClock();
  const { rename } = fs.promises;
  let saved = 0;
  fs.promises.rename = async (from, to) => {
    await rename(from, to);
    if (basename(String(to)) !== "checkpoint.bin" || ++saved !== checkpoints) {
      return;
    }
    if (ms > 0) return void setTimeout(strike, ms);
    strike();
    // A worker without its runner comes no further than this.
    await new Promise(() => {});
  };
  syncBuiltinESMExports();
}

/** A training pauses to save by the clock: by this one, after every step. */
function hurryClock() {
  const now = performance.now.bind(performance);
  let ahead = 0;
  performance.now = () => now() + (ahead += 1000);
}

function strike() {
  const runner = process.ppid;
  // Of an orphan that is the system's first process, and -1 is everybody.
  if (runner <= 1) throw new Error("Cannot strike: the runner has ended");
  // A process group has the number of its first process, negative.
  const whom = { all: -runner, runner, worker: process.pid }[victim];
  process.kill(whom, "SIGKILL");
}
