/**
 * `export`: a run as one file.
 *
 * @module
 */

import { existsSync, statSync } from "node:fs";
import { join, resolve } from "node:path";
import { plural } from "../../lib/count.ts";
import { UserError } from "../../lib/errors.ts";
import { exportRun } from "../../runs/archive/export_run.ts";
import { findRun } from "../../runs/find_runs.ts";
import { formatBytes } from "../../runs/format.ts";
import { findPlaces } from "../../runs/places.ts";
import { openStore } from "../../store/open.ts";
import { EXIT, type Flags, type Terminal } from "../command.ts";
import { readText } from "../flags.ts";
import { listenForInterrupt } from "../interrupt.ts";
import { byteProgress } from "../progress/bytes.ts";

/**
 * Writes the archive of a run.
 *
 * @throws {UserError} where there is no such run, something of it is gone,
 * or the file is there, or is a folder.
 */
export async function runExport(
  flags: Flags,
  terminal: Terminal,
): Promise<number> {
  const named = readText(flags, "file");
  if (named !== undefined) refuseFolder(named);
  const places = await findPlaces(readText(flags, "config"));
  const store = await openStore(places.storeDirectory);
  const name = readText(flags, "name") ?? "";
  const run = await findRun(name, places.outputDirectory, store);
  const file = named ?? `${run.id}.zip`;
  if (existsSync(file) && flags.force !== true) {
    throw new UserError(`Cannot export to "${file}": it is there already`, {
      hint: "Name another file, or replace it with --force",
    });
  }
  const progress = byteProgress("Packing");
  using interrupt = listenForInterrupt(() => {});
  try {
    const exported = await exportRun(run, store, {
      file: resolve(file),
      signal: interrupt.signal,
      onProgress: progress.update,
    });
    progress.stop();
    if (flags.json === true) {
      terminal.out(JSON.stringify({ run: run.id, ...exported }));
      return EXIT.done;
    }
    const { artifacts, bytes, sha256 } = exported;
    terminal.out(
      `${file}: ${plural(artifacts, "artifact")}, ${formatBytes(bytes)}`,
    );
    terminal.out(`sha256 ${sha256}`);
    return EXIT.done;
  } catch (error) {
    progress.stop();
    if (!interrupt.signal.aborted) throw error;
    terminal.err("Interrupted; no file was written");
    return EXIT.interrupted;
  }
}

/** A file would go beside a folder that is meant to hold it. */
function refuseFolder(file: string): void {
  const isFolder = /[\\/]$/.test(file) ||
    statSync(file, { throwIfNoEntry: false })?.isDirectory();
  if (!isFolder) return;
  throw new UserError(
    `Cannot export to "${file}": it is a folder, want the name of a file`,
    { hint: `For instance "${join(file, "run.zip")}"` },
  );
}
