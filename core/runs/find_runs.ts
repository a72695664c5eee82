/**
 * The runs of a folder of outputs, and the one that a person means.
 *
 * @module
 */

import { existsSync, readFileSync, readlinkSync, statSync } from "node:fs";
import { readdir } from "node:fs/promises";
import { basename, dirname, join, resolve } from "node:path";
import { commandLine } from "../lib/command_line.ts";
import { messageOf, UserError } from "../lib/errors.ts";
import { latestNote, REPORT_FILES } from "../report/paths.ts";
import { lookForRecord } from "../store/record_place.ts";
import type { ArtifactStore } from "../store/store.ts";
import { readRecord, type RunRecord } from "./record.ts";
import { pickRun } from "./pick_run.ts";

/** A run as it lies in a folder. */
export interface FoundRun {
  /** `default-1a2b3c4d`. */
  readonly id: string;
  readonly directory: string;
  /** Absolute path of its record, whether or not it is there. */
  readonly file: string;
  readonly record: RunRecord;
}

/** A folder that looks like a run, whose record cannot be read. */
export interface UnreadableRun {
  readonly id: string;
  readonly directory: string;
  /** Why. */
  readonly problem: string;
}

/** What a folder of outputs holds. */
export interface FoundRuns {
  /** Newest first. */
  readonly runs: readonly FoundRun[];
  readonly unreadable: readonly UnreadableRun[];
}

/** Every run in `<outputs>/runs/`. */
export async function findRuns(
  outputs: string,
  store: ArtifactStore,
): Promise<FoundRuns> {
  const folder = join(outputs, "runs");
  const running = await runningRecords(store);
  const runs: FoundRun[] = [];
  const unreadable: UnreadableRun[] = [];
  for (const id of await runFolders(folder)) {
    const directory = join(folder, id);
    const file = join(directory, REPORT_FILES.record);
    try {
      runs.push(await openRun(file, running));
    } catch (error) {
      const problem = lookForRecord({ record: file }) === "gone"
        ? "it has no record; the next run of its config writes one"
        : messageOf(error);
      unreadable.push({ id, directory, problem });
    }
  }
  return {
    runs: runs.sort((a, b) => timeOf(b.record) - timeOf(a.record)),
    unreadable,
  };
}

/**
 * The run that `name` means: its identifier or the beginning of it, `latest`,
 * or the path of a record or of its folder.
 *
 * @throws {UserError} where there is none, or more than one.
 */
export async function findRun(
  name: string,
  outputs: string,
  store: ArtifactStore,
): Promise<FoundRun> {
  const running = await runningRecords(store);
  if (/[\\/]|\.json$/.test(name)) {
    const path = resolve(name);
    const isFolder = statSync(path, { throwIfNoEntry: false })?.isDirectory();
    const file = isFolder ? join(path, REPORT_FILES.record) : path;
    return await openRun(file, running);
  }
  const folder = join(outputs, "runs");
  const ids = await runFolders(folder);
  const id = name === "latest" && !ids.includes(name)
    ? await latest(outputs, store)
    : pickRun(name, ids, folder);
  const file = join(folder, id, REPORT_FILES.record);
  if (lookForRecord({ record: file }) === "gone") {
    throw new UserError(
      `Cannot read the run "${id}": it has no ${REPORT_FILES.record}`,
      { hint: "Run its config again: what is cached is kept" },
    );
  }
  return await openRun(file, running);
}

/** When a run ended, or began; in milliseconds since 1970. */
export function timeOf({ started, ended }: RunRecord): number {
  return Date.parse(ended ?? started);
}

/** Folders of runs, without those that are being written. */
export async function runFolders(folder: string): Promise<readonly string[]> {
  const entries = await readdir(folder, { withFileTypes: true })
    .catch(() => []);
  return entries
    .filter((entry) => entry.isDirectory() && !entry.name.startsWith("."))
    .map(({ name }) => name)
    .sort();
}

async function openRun(
  file: string,
  running: ReadonlySet<string>,
): Promise<FoundRun> {
  const record = await readRecord(file);
  const directory = dirname(file);
  // The record of a run that is taken up again is that of the time before, and
  // a process that was killed could not say so.
  const status = running.has(file)
    ? "running"
    : record.status === "running"
    ? "interrupted"
    : record.status;
  return { id: record.run, directory, file, record: { ...record, status } };
}

/** Paths of the records whose runs go on. */
async function runningRecords(
  store: ArtifactStore,
): Promise<ReadonlySet<string>> {
  const references = await store.admin.references.list();
  return new Set(
    references.filter(({ working }) => working).map(({ record }) => record),
  );
}

/** The run that `latest` leads to; where nothing does, the one that ended last. */
async function latest(outputs: string, store: ArtifactStore): Promise<string> {
  const led = followLatest(outputs);
  if (led !== null) return led;
  const [newest] = (await findRuns(outputs, store)).runs;
  if (newest !== undefined) return newest.id;
  throw new UserError(
    `Cannot find the latest run: "${join(outputs, "runs")}" has none`,
    { hint: `Make one with ${commandLine("run")}` },
  );
}

/** The run that `latest` leads to; null where nothing does. */
export function followLatest(outputs: string): string | null {
  const link = join(outputs, "latest");
  const led = [
    () => basename(readlinkSync(link)),
    () => basename(readFileSync(latestNote(outputs), "utf8").trim()),
    // A copy, where links cannot be made.
    () => JSON.parse(readFileSync(join(link, REPORT_FILES.record), "utf8")).run,
  ];
  for (const read of led) {
    const id = attempt(read);
    if (id !== null && existsSync(join(outputs, "runs", id))) return id;
  }
  return null;
}

function attempt(read: () => unknown): string | null {
  try {
    const id = read();
    return typeof id === "string" && id !== "" ? id : null;
  } catch {
    return null;
  }
}
