/** The command `verify`. @module */

import { commandLine } from "../../lib/command_line.ts";
import { plural } from "../../lib/count.ts";
import { formatBytes } from "../../runs/format.ts";
import type { Verification } from "../../runs/verify.ts";
import { type Command, EXIT } from "../command.ts";
import { jsonFlag, placeFlags } from "../flags.ts";
import { untilInterrupted } from "../interrupt.ts";
import { byteProgress } from "../progress/bytes.ts";

/** Verifies the store; exit 1 where something is damaged, or not what a record here has. */
export const verify: Command = {
  name: "verify",
  description: "Read the whole store and compare digests; exit 1 where damaged",
  flags: [
    ...placeFlags,
    {
      form: "--repair",
      description:
        "Move what is damaged to quarantine; the next run remakes it",
    },
    jsonFlag,
  ],
  examples: ["verify", "verify --repair"],
  run: async (flags, terminal) => {
    const { openPlaces } = await import("../_places.ts");
    const { findRuns } = await import("../../runs/find_runs.ts");
    const { verifyStore } = await import("../../runs/verify.ts");
    const { outputDirectory, store } = await openPlaces(flags);
    const found = await untilInterrupted(
      {
        terminal,
        atEnd: "Interrupted; nothing was changed but what is said above",
      },
      async (signal) => {
        using progress = byteProgress("Reading");
        const { runs } = await findRuns(outputDirectory, store);
        return await verifyStore(store, {
          // A run that goes on may make anew what its last record has.
          records: runs.map(({ record }) => record)
            .filter(({ status }) => status !== "running"),
          repair: flags.repair === true,
          signal,
          onProgress: progress.update,
        });
      },
    );
    if (found === null) return EXIT.interrupted;
    if (flags.json === true) terminal.out(JSON.stringify(found));
    else for (const line of await describe(found)) terminal.out(line);
    return found.damaged.length + found.mismatches.length === 0
      ? EXIT.done
      : EXIT.failed;
  },
};

async function describe(found: Verification): Promise<readonly string[]> {
  const { describeMismatch } = await import("../../runs/check_record.ts");
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
