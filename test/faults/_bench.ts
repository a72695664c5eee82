/**
 * A project with the results of an undisturbed run, against which everything
 * that happens to it is judged.
 *
 * @module
 */

import { rmSync } from "node:fs";
import { join } from "node:path";
import {
  type Digests,
  digestStore,
  findHalves,
  findLeftovers,
} from "./_check.ts";
import {
  createProject,
  type Ended,
  type FaultProject,
  type Program,
} from "./_project.ts";

/** What is in the outputs before a fault. */
export type Template =
  /** All artifacts and the report. */
  | "whole"
  /** All but the training of one prior. */
  | "no train"
  /** All but the trainings and what needs them. */
  | "no training"
  /** All artifacts, no report. */
  | "no report"
  /** Nothing but the memory of the sources' digests. */
  | "empty";

/** What `run_stages.mjs` prints. */
export interface StagesOutput {
  readonly status: string;
  /** Titles of the stages that ran. */
  readonly started: readonly string[];
  readonly notices: readonly string[];
  readonly warnings: readonly string[];
}

/** The project, and how it ought to be. */
export interface Bench {
  readonly project: FaultProject;
  readonly reference: Digests;
  /** How many artifacts there are. */
  readonly size: number;
  prepare(template: Template): void;
  /**
   * Runs undisturbed after a fault and says what is wrong: of what can be seen
   * before, of the run, of what is there after it.
   */
  recover(program: Program): Promise<readonly string[]>;
}

/** Options of `run_stages.mjs`: with one worker, calls come in the same order each time. */
export const ONE_WORKER = JSON.stringify({ concurrency: 1 });

/** Makes one; a run of the whole pipeline takes place. */
export async function createBench(): Promise<Bench> {
  const project = createProject();
  const first = await project.run();
  if (first.code !== 0) {
    throw new Error(`Cannot run the project undisturbed:\n${first.err}`);
  }
  const { outputs } = project;
  const reference = digestStore(outputs);
  const size = artifactsOf(reference).size;
  saveTemplates(project, reference);
  let before: ReadonlySet<string> = new Set();
  return {
    project,
    reference,
    size,
    prepare: (template) => {
      project.restore(template);
      before = artifactsOf(digestStore(outputs));
    },
    recover: async (program) => {
      let halves = findHalves(outputs);
      if (halves.length > 0) {
        // Or something was seen on its way from one place to another.
        await project.calm();
        halves = findHalves(outputs);
      }
      const after = artifactsOf(digestStore(outputs));
      // What was there before counts, wherever it is now.
      const complete = new Set([...before, ...after]).size;
      const args = program === "stages" ? [ONE_WORKER] : [];
      const run = await project.run({ program, args });
      let again: Ended | null = null;
      if (findLeftovers(outputs).length > 0) {
        // What its last worker left could not be swept while that one lived.
        await project.calm();
        again = await project.run({ program, args });
      }
      return [
        ...halves,
        ...complain(run, size - complete),
        ...again === null ? [] : complain(again, 0),
        ...compare(digestStore(outputs), reference),
        ...findHalves(outputs),
        ...findLeftovers(outputs).map((path) => `${path} is left over`),
      ];
    },
  };
}

/** The output of `run_stages.mjs`; null where it had no time to print any. */
export function readStages({ out }: Ended): StagesOutput | null {
  try {
    return JSON.parse(out.trim().split("\n").at(-1)!);
  } catch {
    return null;
  }
}

/** What two stores differ in. */
export function compare(found: Digests, wanted: Digests): readonly string[] {
  return [...new Set([...found.keys(), ...wanted.keys()])]
    .filter((file) => found.get(file) !== wanted.get(file))
    .map((file) => `${file} is not what an undisturbed run gives`);
}

/** `stage/key` of the artifacts. */
export function artifactsOf(digests: Digests): ReadonlySet<string> {
  return new Set(
    [...digests.keys()].map((file) => file.split("/").slice(0, 2).join("/")),
  );
}

/** An undisturbed run ends well and does again nothing that was complete. */
function complain(run: Ended, missing: number): readonly string[] {
  if (run.code !== 0) {
    return [`the next run ended with ${run.code}: ${run.err}`];
  }
  const ran = readStages(run)?.started.length ?? 0;
  return ran > missing
    ? [`the next run did ${ran} stages where ${missing} were missing`]
    : [];
}

function saveTemplates(project: FaultProject, reference: Digests): void {
  const { outputs } = project;
  const remove = (path: string) =>
    rmSync(join(outputs, path), { recursive: true, force: true });
  project.save("whole" satisfies Template);
  const train = [...artifactsOf(reference)].filter((path) =>
    path.startsWith("train/")
  );
  remove(`store/${train.sort()[0]}`);
  project.save("no train" satisfies Template);
  for (const stage of ["train", "sample", "evaluate"]) {
    remove(`store/${stage}`);
  }
  project.save("no training" satisfies Template);
  project.restore("whole" satisfies Template);
  remove("runs");
  remove("latest");
  project.save("no report" satisfies Template);
  for (const path of artifactsOf(reference)) {
    remove(`store/${path.split("/")[0]}`);
  }
  project.save("empty" satisfies Template);
}
