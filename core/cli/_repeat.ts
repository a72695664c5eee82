/**
 * `run --from-record`: plans what a record says, and tells whether it is the
 * same and comes to the same.
 *
 * @module
 */

import { dirname, resolve } from "node:path";
import type { Plan } from "../pipeline/types.ts";
import { type PrepareOptions, preparePlan } from "../run.ts";
import { readRecord, type RunRecord } from "../runs/record.ts";
import {
  compareRepetition,
  configOfRecord,
  distinctStages,
  type Repetition,
} from "../runs/repeat.ts";
import { beginRecord } from "../runs/make_record.ts";
import { recordFile } from "../runs/keep_record.ts";
import { loadConfigIfAny } from "../config/load.ts";
import { UserError } from "../lib/errors.ts";
import { EXIT, type Flags, type Terminal } from "./command.ts";
import { readConfigFlags } from "./flags.ts";
import { admitCode } from "./_trust.ts";
import { describeDifferences } from "./_comparison.ts";

/** A plan and the record that it repeats. */
export interface Repeated {
  readonly plan: Plan;
  readonly record: RunRecord;
}

/**
 * Plans the run of a record, in the project here; `show` is told what code it
 * names before that is loaded.
 *
 * @throws {UserError} where the record cannot be read, flags say otherwise, or
 * its code is not to be trusted.
 */
export async function planFromRecord(
  file: string,
  flags: Flags,
  options: Omit<PrepareOptions, "preset" | "overrides">,
  show: (line: string) => void,
): Promise<Repeated> {
  for (const name of ["config", "preset"]) {
    if (flags[name] === undefined) continue;
    throw new UserError(
      `Cannot use --${name} with --from-record: the record has the whole config`,
      { hint: "Change single values with --set" },
    );
  }
  const record = await readRecord(file);
  const here = await loadConfigIfAny();
  const base = here === null ? resolve(".") : dirname(here.file);
  const { overrides } = readConfigFlags(flags);
  const source = configOfRecord(record, base, here);
  await admitCode({
    record,
    config: source.config,
    overrides,
    recordFile: file,
    baseDirectory: base,
    isProject: here !== null,
    isTrusted: flags.trust === true,
    show,
  });
  // Else a fallback preset might step in.
  const plan = await preparePlan(source, {
    ...options,
    preset: "full",
    overrides,
  });
  return { plan, record };
}

/** Says whether the keys are the recorded ones, and else what differs; whether they are. */
export async function printKeys(
  { plan, record }: Repeated,
  terminal: Terminal,
): Promise<boolean> {
  const found = compareRepetition(record, await beginRecord(plan));
  const { stages, sameKeys, comparison } = found;
  const { config, environment, sources, onlyBefore, onlyAfter } = comparison;
  const same = sameKeys === stages && onlyBefore.length === 0 &&
    onlyAfter.length === 0;
  terminal.out(
    same
      ? `The same keys as in the record of ${record.run}: ${stages} of ${stages}`
      : `Other keys than in the record of ${record.run}: ${
        stages - sameKeys
      } of ${stages} differ`,
  );
  const changed = [...config, ...environment, ...sources];
  if (changed.length > 0) {
    for (const line of describeDifferences(changed)) terminal.out(line);
  }
  return same;
}

/**
 * Says whether the results are bit for bit the recorded ones; the exit code is
 * 1 where they are not.
 */
export async function printResults(
  { plan, record }: Repeated,
  terminal: Terminal,
): Promise<number> {
  const repeated = await readRecord(recordFile(plan));
  const found = compareRepetition(record, repeated);
  const { sameResults, otherResults } = found;
  const known = sameResults + otherResults;
  if (known === 0) {
    terminal.out("The record has no results to compare with");
    return EXIT.done;
  }
  terminal.out(
    otherResults === 0
      ? `Bit for bit the recorded results: ${known} of ${known}`
      : `Other results than recorded: ${otherResults} of ${known}, ${
        list(found)
      }`,
  );
  return otherResults === 0 ? EXIT.done : EXIT.failed;
}

function list({ comparison }: Repetition): string {
  return distinctStages(comparison)
    .filter(({ sameResult }) => sameResult === false)
    .map(({ name, label }) => `${name} ${label}`).join(", ");
}
