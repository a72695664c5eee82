/** The command `export`. @module */

import { existsSync, statSync } from "node:fs";
import { join, resolve } from "node:path";
import { plural } from "../../lib/count.ts";
import { UserError } from "../../lib/errors.ts";
import { formatBytes } from "../../runs/format.ts";
import { type Command, EXIT } from "../command.ts";
import { jsonFlag, placeFlags, readText } from "../flags.ts";
import { untilInterrupted } from "../interrupt.ts";
import { byteProgress } from "../progress/bytes.ts";

/** Puts a run into one file. */
export const exportRun: Command = {
  name: "export",
  description: "Put a run, its artifacts and its report into one archive",
  words: [
    {
      name: "name",
      isRequired: true,
      description: "a run, by its name or the beginning of it, or latest",
      values: "run",
    },
    {
      name: "file",
      isRequired: false,
      description: "the archive; default <run>.zip here",
      values: "file",
    },
  ],
  flags: [
    ...placeFlags,
    { form: "--force", description: "Replace a file that is there" },
    jsonFlag,
  ],
  examples: ["export latest", "export default-1a2b results/beta.zip"],
  run: async (flags, terminal) => {
    const { openPlaces } = await import("../_places.ts");
    const { findRun } = await import("../../runs/find_runs.ts");
    const { exportRun } = await import("../../runs/archive/export_run.ts");
    const named = readText(flags, "file");
    if (named !== undefined) refuseFolder(named);
    const { outputDirectory, store } = await openPlaces(flags);
    const name = readText(flags, "name") ?? "";
    const run = await findRun(name, outputDirectory, store);
    const file = named ?? `${run.id}.zip`;
    if (existsSync(file) && flags.force !== true) {
      throw new UserError(`Cannot export to "${file}": it is there already`, {
        hint: "Name another file, or replace it with --force",
      });
    }
    const exported = await untilInterrupted(
      { terminal, atEnd: "Interrupted; no file was written" },
      async (signal) => {
        using progress = byteProgress("Packing");
        return await exportRun(run, store, {
          file: resolve(file),
          signal,
          onProgress: progress.update,
        });
      },
    );
    if (exported === null) return EXIT.interrupted;
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
  },
};

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
