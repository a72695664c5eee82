/**
 * Edits of sources and data in the middle of a run.
 *
 * @module
 */

import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { type Bench, ONE_WORKER, readStages } from "./_bench.ts";
import { digestStore, findHalves } from "./_check.ts";
import type { Fault } from "./_fault.ts";
import type { Attempt } from "./_tally.ts";

/** An edit of one file. */
interface Edit {
  readonly file: string;
  readonly from: string;
  readonly to: string;
}

/** Each changes what comes out. */
const EDITS: readonly Edit[] = [
  { file: "train.ts", from: "loss / 2", to: "loss / 4" },
  { file: "draws.ts", from: "0x9e3779b9", to: "0x7f4a7c15" },
  { file: "prior.ts", from: "latentDim * factor", to: "latentDim + factor" },
  { file: "numbers.txt", from: "3 1 4", to: "2 7 1" },
];
/** Of whose writes how many there are, about, in a run. */
const RUNNING = { role: "any", writes: 300 } as const;
/** And before the first stage has read its data. */
const READING = { role: "worker", writes: 5 } as const;
const NOTICES = [
  /the source of .+ changed since the run was planned, in .+/,
  /its input "numbers" changed while it ran/,
];

/** Every file, edited before one of a run's writes. */
export function listEdits(
  bench: Bench,
  { draw, count }: { readonly draw: () => number; readonly count: number },
): readonly Attempt[] {
  return EDITS.flatMap((edit) =>
    Array.from({ length: count }, () =>
      editAt(bench, edit, {
        ...edit.file === "numbers.txt" ? READING : RUNNING,
        share: draw(),
      }))
  );
}

function editAt(
  bench: Bench,
  { file, from, to }: Edit,
  { role, writes, share }: {
    readonly role: Fault["role"];
    readonly writes: number;
    readonly share: number;
  },
): Attempt {
  const at = 1 + Math.floor(share * writes);
  return {
    kind: `${file.endsWith(".txt") ? "data" : "source"} edited in mid-run`,
    what: `${file} at call ${at}`,
    attempt: async () => {
      const { project, reference } = bench;
      const path = join(project.folder, file);
      const edited = `${project.folder}/../edited`;
      const text = readFileSync(path, "utf8");
      writeFileSync(edited, text.replaceAll(from, to));
      bench.prepare("empty");
      try {
        const run = await project.run({
          program: "stages",
          args: [ONE_WORKER],
          fault: {
            role,
            action: "edit",
            at,
            edit: { from: edited, to: path },
          },
        });
        // It had ended before.
        if (run.fired === null) return { happened: false, complaints: [] };
        const kept = digestStore(project.outputs);
        // It came before the plan: a run of the new source, with its keys.
        if (
          kept.size > 0 && ![...kept.keys()].some((name) => reference.has(name))
        ) {
          project.restoreSource(file);
          return { happened: false, complaints: await undone(bench) };
        }
        const complaints = [
          // Under the keys of before there is nothing of after.
          ...[...kept].filter(([name, digest]) =>
            reference.get(name) !== digest
          ).map(([name]) => `${name} was made of other sources than its key`),
          ...findHalves(project.outputs),
        ];
        const noticed = NOTICES.some((notice) => notice.test(run.err));
        if (run.code !== 0 && !(run.code === 2 && noticed)) {
          complaints.push(`it ended with ${run.code}: ${run.err}`);
        }
        const after = await project.run({ program: "stages" });
        if (after.code !== 0) complaints.push(`afterwards: ${after.err}`);
        if (readStages(after)?.started.length === 0) {
          complaints.push("the next run did not see the edit");
        }
        project.restoreSource(file);
        complaints.push(...await undone(bench));
        return { happened: noticed, complaints };
      } finally {
        project.restoreSource(file);
      }
    },
  };
}

/** With the old source the old results are there again, beside the new ones. */
async function undone({ project, reference }: Bench) {
  const run = await project.run({ program: "stages" });
  const found = digestStore(project.outputs);
  return [
    ...run.code === 0 ? [] : [`with the old source: ${run.err}`],
    ...[...reference].filter(([name, digest]) => found.get(name) !== digest)
      .map(([name]) => `${name} is not what an undisturbed run gives`),
    ...findHalves(project.outputs),
  ];
}
