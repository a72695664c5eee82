/**
 * Keeps the record of a run while it runs, and tells the store what the run
 * needs, so that nobody removes it.
 *
 * @module
 */

import { existsSync } from "node:fs";
import { hostname } from "node:os";
import { dirname, join } from "node:path";
import { UserError } from "../lib/errors.ts";
import type { PipelineResult, Plan } from "../pipeline/types.ts";
import { REPORT_FILES, reportDirectory } from "../report/paths.ts";
import type { Reference } from "../store/admin.ts";
import { replaceFile } from "../lib/files.ts";
import { self } from "../lib/owner.ts";
import { diskOf } from "../store/record_place.ts";
import { explainRefusal } from "../lib/refusal.ts";
import type { ArtifactStore } from "../store/store.ts";
import { UnfitStoreError } from "../store/unfit.ts";
import type { RunRecord, TrialRecord } from "./record.ts";

/** How often others are shown that the run goes on. */
const BEAT_MS = 60_000;

/** The record of a run that goes on. */
export interface RunKeeper {
  /** A stage runs. Never throws. */
  work(): void;
  /** The record as it is when the run has ended, and its trials are measured. */
  end(
    result: PipelineResult,
    measured: readonly Pick<TrialRecord, "figures" | "conditions">[],
  ): Promise<RunRecord>;
  /** What a person should know of it, when the run has ended. */
  readonly warnings: readonly string[];
  /** False where the store has others than the artifacts of the kept record. */
  isAsRecorded(): boolean;
  /** The run has ended, well or not. Never throws: what it has made is there. */
  release(): Promise<void>;
}

/** Where the record of a plan is. */
export function recordFile(plan: Plan): string {
  return join(reportDirectory(plan), REPORT_FILES.record);
}

/**
 * Before a run: puts a reference into the store, and, where this plan has never
 * run here, the beginning of its record into its folder.
 *
 * @throws {UserError | RunError} where that folder cannot be written: better now than
 * after hours of training.
 */
export async function keepRecord(
  plan: Plan,
  store: ArtifactStore,
): Promise<RunKeeper> {
  const record = recordFile(plan);
  const { references } = store.admin;
  const reference: Reference = {
    run: plan.id,
    record,
    host: hostname(),
    disk: diskOf(record),
    artifacts: neededBy(plan),
    owner: self(),
  };
  // A run with nothing to do writes nothing: its record holds what it needs.
  const isKnown = existsSync(record) && await references.has(reference);
  const warnings: string[] = [];
  let hasOthers = false;
  let owned: Promise<void> | undefined;
  let beating: NodeJS.Timeout | undefined;
  const own = () =>
    owned ??= put(store, reference).then((problem) => {
      if (problem === null) {
        beating = setInterval(() => void references.touch(reference), BEAT_MS);
        beating.unref();
      } else if (!isKnown) warnings.push(unprotected(store, problem));
    });
  let begun: Promise<RunRecord> | undefined;
  const begin = () =>
    begun ??= import("./make_record.ts").then(({ beginRecord }) =>
      beginRecord(plan)
    );
  if (isKnown) await references.touch(reference);
  else {
    await own();
    const first = await begin();
    if (!existsSync(record)) await write(record, first);
  }
  return {
    work: () => void own().catch(() => {}),
    end: async (result, measured) => {
      const made = await madeBefore(record, result);
      if (made !== null) {
        const { checkRecord, describeMismatch } = await import(
          "./check_record.ts"
        );
        for (const mismatch of await checkRecord(made, store)) {
          hasOthers = true;
          warnings.push(otherThanRecorded(describeMismatch(mismatch)));
        }
        return made;
      }
      const first = await begin();
      const { endRecord } = await import("./make_record.ts");
      return await endRecord(first, result, { store, measured });
    },
    warnings,
    isAsRecorded: () => !hasOthers,
    release: async () => {
      if (owned === undefined) return;
      await owned.catch(() => {});
      clearInterval(beating);
      // What cannot be written now still names a process that will have ended.
      await owned.then(() => put(store, { ...reference, owner: null }))
        .catch(() => {});
    },
  };
}

/** What a plan has, and what the search rests on that it is a part of. */
function neededBy({ nodes, searched }: Plan): Reference["artifacts"] {
  const own = [...nodes.values()].map(({ key, stage }) => ({
    stage: stage.name,
    key,
  }));
  const searching = (searched?.artifacts ?? [])
    .filter(({ key }) => !nodes.has(key));
  return [...own, ...searching];
}

/**
 * The record of the run that made all this, where this one made nothing: when
 * and out of which commit results came is not for a look at them to change.
 */
async function madeBefore(
  file: string,
  result: PipelineResult,
): Promise<RunRecord | null> {
  const idle = result.trials.every(({ stages }) =>
    stages.every(({ status }) => status === "cached")
  );
  if (!idle || !existsSync(file)) return null;
  const { readRecord } = await import("./record.ts");
  const known = await readRecord(file).catch(() => null);
  return known?.run === result.plan.id && known.status === "done"
    ? known
    : null;
}

/** Why it cannot be put, where a person can do something about that; else null. */
async function put(
  store: ArtifactStore,
  reference: Reference,
): Promise<string | null> {
  try {
    await store.admin.references.put(reference);
    return null;
  } catch (error) {
    const isBearable = error instanceof UserError &&
      !(error instanceof UnfitStoreError);
    if (isBearable) return error.message;
    throw error;
  }
}

function otherThanRecorded(mismatch: string): string {
  return `The report may show what this run never made, for the store has another artifact than its record: ${mismatch}; which of the two is true is not known: run again with --force, or remove the run`;
}

function unprotected(store: ArtifactStore, problem: string): string {
  return `Another user's gc may remove what this run needs, for "${store.location}" cannot be told of it: ${problem}; the README says how a group shares a store`;
}

async function write(file: string, record: RunRecord): Promise<void> {
  try {
    await replaceFile(file, `${JSON.stringify(record, null, 2)}\n`);
  } catch (error) {
    const what = "Cannot keep the record of the run";
    throw explainRefusal(error, { what, folder: dirname(file) });
  }
}
