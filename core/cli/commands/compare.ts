/** The command `compare`. @module */

import { formatWhen } from "../../runs/format.ts";
import { type Command, EXIT } from "../command.ts";
import { jsonFlag, placeFlags, readText } from "../flags.ts";

/** Compares two runs; the exit code is 1 where the store has other artifacts than their records. */
export const compare: Command = {
  name: "compare",
  description:
    "Compare two runs: config, figures, and which stages are the same",
  words: [
    { name: "before", isRequired: true, description: "a run", values: "run" },
    {
      name: "after",
      isRequired: true,
      description: "another run",
      values: "run",
    },
  ],
  flags: [...placeFlags, jsonFlag],
  examples: [
    "compare default-1a2b latest",
    "compare a/record.json b/record.json",
  ],
  run: async (flags, terminal) => {
    const { openPlaces } = await import("../_places.ts");
    const { findRun, timeOf } = await import("../../runs/find_runs.ts");
    const { compareRuns } = await import("../../runs/compare.ts");
    const { withIntervals } = await import("../../runs/compare_images.ts");
    const { readTerms } = await import("../../runs/read_terms.ts");
    const { checkRecord, describeMismatch } = await import(
      "../../runs/check_record.ts"
    );
    const { outputDirectory, store } = await openPlaces(flags);
    const find = (name: string) => findRun(name, outputDirectory, store);
    const before = await find(readText(flags, "before") ?? "");
    const after = await find(readText(flags, "after") ?? "");
    const comparison = await withIntervals(
      compareRuns(before.record, after.record),
      {
        before: before.record,
        after: after.record,
        termsBefore: await readTerms(before.record, store),
        termsAfter: await readTerms(after.record, store),
      },
    );
    const mismatches = [
      ...await checkRecord(before.record, store),
      ...before.file === after.file
        ? []
        : await checkRecord(after.record, store),
    ];
    const code = mismatches.length === 0 ? EXIT.done : EXIT.failed;
    if (flags.json === true) {
      const ids = { before: before.id, after: after.id };
      terminal.out(JSON.stringify({ ...ids, ...comparison, mismatches }));
      return code;
    }
    for (
      const [letter, { id, record }] of [["A", before], ["B", after]] as const
    ) {
      const when = formatWhen(timeOf(record));
      terminal.out(`${letter}  ${id}  ${when}  ${record.status}`);
    }
    const { describeComparison } = await import("../_comparison.ts");
    for (const line of describeComparison(comparison)) terminal.out(line);
    for (const mismatch of mismatches) {
      terminal.out(
        `warning: ${mismatch.run}: in the store, of ${
          describeMismatch(mismatch)
        }`,
      );
    }
    return code;
  },
};
