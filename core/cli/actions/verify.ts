/**
 * `verify`: whether the store is as it was written.
 *
 * @module
 */

import { plural } from "../../lib/count.ts";
import { commandLine } from "../../lib/command_line.ts";
import { describeMismatch } from "../../runs/check_record.ts";
import { findRuns } from "../../runs/find_runs.ts";
import { formatBytes } from "../../runs/format.ts";
import { findPlaces } from "../../runs/places.ts";
import { type Verification, verifyStore } from "../../runs/verify.ts";
import { openStore } from "../../store/open.ts";
import { EXIT, type Flags, type Terminal } from "../command.ts";
import { readText } from "../flags.ts";
import { listenForInterrupt } from "../interrupt.ts";
import { byteProgress } from "../progress/bytes.ts";

/**
 * Verifies, and says what is damaged, or not what a record here has; the exit
 * code is 1 where something is.
 */
export async function runVerify(
  flags: Flags,
  terminal: Terminal,
): Promise<number> {
  const places = await findPlaces(readText(flags, "config"));
  const store = await openStore(places.storeDirectory);
  const progress = byteProgress("Reading");
  using interrupt = listenForInterrupt(() => {});
  try {
    const { runs } = await findRuns(places.outputDirectory, store);
    const found = await verifyStore(store, {
      // A run that goes on may make anew what its last record has.
      records: runs.map(({ record }) => record)
        .filter(({ status }) => status !== "running"),
      repair: flags.repair === true,
      signal: interrupt.signal,
      onProgress: progress.update,
    });
    progress.stop();
    if (flags.json === true) terminal.out(JSON.stringify(found));
    else for (const line of describe(found)) terminal.out(line);
    return found.damaged.length + found.mismatches.length === 0
      ? EXIT.done
      : EXIT.failed;
  } catch (error) {
    progress.stop();
    if (!interrupt.signal.aborted) throw error;
    terminal.err("Interrupted; nothing was changed but what is said above");
    return EXIT.interrupted;
  }
}

function describe(found: Verification): readonly string[] {
  const { count, bytes, damaged, unknown, quarantined, mismatches } = found;
  const read = `${plural(count, "artifact")}, ${formatBytes(bytes)}`;
  return [
    ...damaged.flatMap(({ stage, key, problems, repaired }) => [
      `DAMAGED ${stage} ${key.slice(0, 12)}${
        repaired ? ", now in quarantine" : ""
      }`,
      ...problems.map((problem) => `  ${problem}`),
    ]),
    ...mismatches.flatMap((mismatch) => [
      `DIFFERS from the record of ${mismatch.run}`,
      `  ${describeMismatch(mismatch)}`,
    ]),
    ...unknown.map((path) => `unknown ${path}`),
    ...quarantined === 0
      ? []
      : [`${quarantined} in quarantine; ${commandLine("gc")} removes them`],
    `Read ${read}: ${
      damaged.length === 0
        ? "all as it was written"
        : `${damaged.length} damaged`
    }${
      mismatches.length === 0
        ? ""
        : `, ${mismatches.length} not as a record here has it`
    }`,
    ...mismatches.length === 0 ? [] : [
      "Which of the two is true is not known: run the config again with --force, or remove the run",
    ],
    ...damaged.length === 0 ? [] : [
      damaged.every(({ repaired }) => repaired)
        ? "The next run makes them again"
        : "With --repair they go to quarantine, and the next run makes them again",
    ],
  ];
}
