/** The command `import`. @module */

import { relative } from "node:path";
import { plural } from "../../lib/count.ts";
import { parseBytes } from "../../runs/format.ts";
import { type Command, EXIT } from "../command.ts";
import { jsonFlag, placeFlags, readText } from "../flags.ts";
import { untilInterrupted } from "../interrupt.ts";
import { byteProgress } from "../progress/bytes.ts";

/** Takes a run out of an archive. */
export const importRun: Command = {
  name: "import",
  description: "Take a run out of an archive, so that it is cached here",
  words: [{
    name: "file",
    isRequired: true,
    description: "an archive made with export",
    values: "file",
  }],
  flags: [
    ...placeFlags,
    {
      form: "--max-size <size>",
      description:
        "Unpack no more than this; default 30 times the archive's size and 64 MB",
    },
    jsonFlag,
  ],
  examples: ["import default-1a2b3c4d.zip"],
  run: async (flags, terminal) => {
    const { openPlaces } = await import("../_places.ts");
    const { importRun } = await import("../../runs/archive/import_run.ts");
    const { schemeOf } = await import("../../store/local_folder.ts");
    const { outputDirectory: outputs, store } = await openPlaces(flags);
    const size = readText(flags, "maxSize");
    const maxSize = size === undefined
      ? undefined
      : parseBytes(size, "--max-size");
    const imported = await untilInterrupted(
      { terminal, atEnd: "Interrupted; nothing was taken in" },
      async (signal) => {
        using progress = byteProgress("Unpacking");
        return await importRun(readText(flags, "file") ?? "", store, {
          outputs,
          maxSize,
          signal,
          onProgress: progress.update,
        });
      },
    );
    if (imported === null) return EXIT.interrupted;
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
  },
};
