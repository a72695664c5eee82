/**
 * `import`: a run out of a file.
 *
 * @module
 */

import { relative } from "node:path";
import { plural } from "../../lib/count.ts";
import { importRun } from "../../runs/archive/import_run.ts";
import { parseBytes } from "../../runs/format.ts";
import { findPlaces } from "../../runs/places.ts";
import { schemeOf } from "../../store/local_folder.ts";
import { openStore } from "../../store/open.ts";
import { EXIT, type Flags, type Terminal } from "../command.ts";
import { readText } from "../flags.ts";
import { listenForInterrupt } from "../interrupt.ts";
import { byteProgress } from "../progress/bytes.ts";

/**
 * Takes in the run of an archive.
 *
 * @throws {UserError} where it is none, or damaged.
 */
export async function runImport(
  flags: Flags,
  terminal: Terminal,
): Promise<number> {
  const places = await findPlaces(readText(flags, "config"));
  const size = readText(flags, "maxSize");
  const maxSize = size === undefined
    ? undefined
    : parseBytes(size, "--max-size");
  const store = await openStore(places.storeDirectory);
  const progress = byteProgress("Unpacking");
  using interrupt = listenForInterrupt(() => {});
  try {
    const imported = await importRun(readText(flags, "file") ?? "", store, {
      outputs: places.outputDirectory,
      maxSize,
      signal: interrupt.signal,
      onProgress: progress.update,
    });
    progress.stop();
    if (flags.json === true) {
      terminal.out(JSON.stringify(imported));
      return EXIT.done;
    }
    const { run, directory, taken, known, different, wasHere, code } = imported;
    terminal.out(
      `${run}: took ${plural(taken, "artifact")}, had ${known}${
        wasHere ? "; the run itself was here already" : ""
      }`,
    );
    for (const { stage, key } of different) {
      terminal.out(
        `warning: ${stage} ${
          key.slice(0, 8)
        } has other bytes here than in the archive; it stays`,
      );
    }
    if (code.length > 0) {
      terminal.out(
        "warning: it brought code, which nothing here runs unless told to:",
      );
    }
    for (const path of code) {
      terminal.out(`  ${schemeOf(path) ? path : relative(".", path)}`);
    }
    terminal.out(`Report    ${relative(".", directory)}/report.html`);
    return EXIT.done;
  } catch (error) {
    progress.stop();
    if (!interrupt.signal.aborted) throw error;
    terminal.err("Interrupted; nothing was taken in");
    return EXIT.interrupted;
  }
}
