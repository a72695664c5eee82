/**
 * Trainings and programs of all priors, with one to three threads, in processes
 * that crowd the cores; and where TensorFlow gives back the arrays it is given.
 *
 * ```sh
 * npm run stress -- --processes 510 --at-once 6
 * ```
 *
 * Exits with 1 where a process did not end well, where the same computation gave
 * other bits, or where an array was held beyond the call that gave it.
 *
 * @module
 */

import { mkdtempSync, rmdirSync } from "node:fs";
import { availableParallelism, tmpdir } from "node:os";
import { join } from "node:path";
import PQueue from "p-queue";
import * as plugins from "../../plugins/mod.ts";
import { scriptFlags } from "../script_flags.ts";
import type { Report } from "./_process.ts";
import { tellReleases } from "./_releases.ts";
import { runProcess } from "./_run_process.ts";

const values = scriptFlags({
  processes: { type: "string", default: "510" },
  "at-once": { type: "string", default: `${3 * availableParallelism()}` },
});
const folder = mkdtempSync(join(tmpdir(), "vae-priors-stress-"));
const priors = Object.keys(plugins);
const known = new Map<string, string>();
const counts = {
  processes: 0,
  trainings: 0,
  programs: 0,
  aborts: 0,
  others: 0,
};

for (const complaint of await tellReleases(folder)) {
  counts.others++;
  console.log(complaint);
}
const queue = new PQueue({ concurrency: Number(values["at-once"]) });
await queue.addAll(
  Array.from({ length: Number(values.processes) }, (_, i) => async () => {
    const prior = priors[i % priors.length]!;
    const threads = 1 + Math.floor(i / priors.length) % 3;
    await runOne(join(folder, `${i}`), prior, threads);
    if (++counts.processes % 50 === 0) tell();
  }),
);
tell();
const isGood = counts.aborts + counts.others === 0;
// Else the cores are in it.
if (isGood) rmdirSync(folder);
process.exitCode = isGood ? 0 : 1;

async function runOne(
  folder: string,
  prior: string,
  threads: number,
): Promise<void> {
  const words = ["_process.ts", prior, `${threads}`];
  const line = await runProcess(folder, words).catch((error: Error) => {
    console.log(error.message);
    return null;
  });
  if (line === null) return void counts.aborts++;
  const { trainings, programs, digests } = JSON.parse(line) as Report;
  counts.trainings += trainings;
  counts.programs += programs;
  const kind = `${prior} with ${threads} threads`;
  const found = digests.join(" ");
  const usual = known.get(kind) ?? found;
  known.set(kind, usual);
  if (found !== usual || digests.length !== 3) {
    counts.others++;
    console.log(`${kind} gave ${found}, and before ${usual}`);
  }
}

function tell(): void {
  const { processes, trainings, programs, aborts, others } = counts;
  console.log(
    `${processes} processes, ${trainings} trainings, ${programs} programs: ${aborts} aborts, ${others} other complaints`,
  );
}
