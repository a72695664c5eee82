/**
 * `list runs`: what has run here.
 *
 * @module
 */

import { relative } from "node:path";
import { findPlaces } from "../../runs/places.ts";
import { findRuns, type FoundRun, timeOf } from "../../runs/find_runs.ts";
import { formatBytes, formatWhen } from "../../runs/format.ts";
import type { RunRecord } from "../../runs/record.ts";
import { openStore } from "../../store/store.ts";
import { formatColumns } from "../columns.ts";
import { EXIT, type Flags, type Terminal } from "../command.ts";
import { readText } from "../flags.ts";
import { terminalWidth } from "../wrap.ts";

/**
 * Prints the runs of the outputs here, newest first.
 *
 * @throws {UserError} where the config cannot be read.
 */
export async function runListRuns(
  flags: Flags,
  terminal: Terminal,
): Promise<number> {
  const places = await findPlaces(readText(flags, "config"));
  const store = openStore(places.storeDirectory);
  const { runs, unreadable } = await findRuns(places.outputDirectory, store);
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
    const folder = relative(".", places.outputDirectory) || ".";
    terminal.out(`No runs in ${folder}; vae-priors run makes one`);
  }
  for (const { id, problem } of unreadable) {
    terminal.err(`${id}: ${problem}`);
  }
  return EXIT.done;
}

/** The best ELBO on the test images among a run's members. */
export function bestElbo({ members }: RunRecord): number | null {
  const values = members.flatMap(({ metrics }) => metrics?.elbo.mean ?? []);
  return values.length === 0 ? null : Math.max(...values);
}

/** What the artifacts of a run take, each once. */
export function bytesOf({ stages }: RunRecord): number {
  return stages.reduce((sum, { bytes }) => sum + bytes, 0);
}

const TITLES = [
  "Run",
  "Date",
  "Priors",
  "D",
  "Seed",
  "Status",
  "ELBO",
  "Size",
];

function rowOf({ id, record }: FoundRun): readonly string[] {
  const elbo = bestElbo(record);
  return [
    id,
    formatWhen(timeOf(record), Date.now()),
    priorsOf(record).join(", "),
    distinct(record, "latentDim").join(","),
    distinct(record, "seed").join(","),
    record.status,
    elbo === null ? "-" : elbo.toFixed(2),
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
    elbo: bestElbo(record),
    bytes: bytesOf(record),
    record: file,
  };
}

/** `gaussian x2`, `beta`: names of the priors, and how often with other options. */
function priorsOf({ members }: RunRecord): readonly string[] {
  const options = new Map<string, Set<string>>();
  for (const member of members) {
    const known = options.get(member.prior) ?? new Set();
    options.set(member.prior, known.add(JSON.stringify(member.options)));
  }
  return [...options].map(([name, { size }]) =>
    size === 1 ? name : `${name} x${size}`
  );
}

function distinct(
  { members }: RunRecord,
  name: "latentDim" | "seed",
): readonly number[] {
  return [...new Set(members.map((member) => member[name]))];
}
