/**
 * `list runs`: what has run here.
 *
 * @module
 */

import { relative } from "node:path";
import { commandLine } from "../lib/command_line.ts";
import { findRuns, type FoundRun, timeOf } from "../runs/find_runs.ts";
import { formatBytes, formatWhen } from "../runs/format.ts";
import { bytesOf, distinct, headlineOf, priorsOf } from "../runs/outline.ts";
import { HEADLINE } from "../vae/figures.ts";
import { showNumber } from "../vae/figures/show.ts";
import { formatColumns } from "../lib/columns.ts";
import { openPlaces } from "./_places.ts";
import { EXIT, type Flags, type Terminal } from "./command.ts";
import { terminalWidth } from "./wrap.ts";

/**
 * Prints the runs of the outputs here, newest first.
 *
 * @throws {UserError} where the config cannot be read.
 */
export async function listRuns(
  flags: Flags,
  terminal: Terminal,
): Promise<number> {
  const { outputDirectory, store } = await openPlaces(flags);
  const { runs, unreadable } = await findRuns(outputDirectory, store);
  if (flags.json === true) {
    terminal.out(JSON.stringify({ runs: runs.map(toJson), unreadable }));
    return EXIT.done;
  }
  if (runs.length > 0) {
    const lines = formatColumns([TITLES, ...runs.map(rowOf)], {
      width: terminalWidth(),
      flexible: 2,
      right: [3, 4, 6, 7],
    });
    for (const line of lines) terminal.out(line);
  } else {
    const folder = relative(".", outputDirectory) || ".";
    terminal.out(`No runs in ${folder}; ${commandLine("run")} makes one`);
  }
  for (const { id, problem } of unreadable) {
    terminal.err(`${id}: ${problem}`);
  }
  return EXIT.done;
}

const TITLES = [
  "Run",
  "Date",
  "Priors",
  "D",
  "Seed",
  "Status",
  HEADLINE.title,
  "Size",
];

function rowOf({ id, record }: FoundRun): readonly string[] {
  const best = headlineOf(record);
  return [
    id,
    formatWhen(timeOf(record), Date.now()),
    priorsOf(record).join(", "),
    distinct(record, "latentDim").join(","),
    distinct(record, "seed").join(","),
    record.status,
    best === null ? "-" : showNumber(HEADLINE, best),
    formatBytes(bytesOf(record)),
  ];
}

function toJson({ id, file, record }: FoundRun) {
  const { started, ended, status } = record;
  return {
    id,
    status,
    started,
    ended,
    priors: priorsOf(record),
    latentDims: distinct(record, "latentDim"),
    seeds: distinct(record, "seed"),
    [HEADLINE.name]: headlineOf(record),
    bytes: bytesOf(record),
    record: file,
  };
}
