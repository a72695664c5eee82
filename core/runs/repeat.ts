/**
 * A run again from its record: the config, and whether what comes of it is the
 * same.
 *
 * @module
 */

import type { LoadedConfig } from "../config/load.ts";
import type { RunRecord } from "./record.ts";
import { compareRuns } from "./compare.ts";
import type { RunComparison, StageComparison } from "./comparison.ts";

/** How a run stands to the record that it repeats. */
export interface Repetition {
  /** Stages; one that trials share is one. */
  readonly stages: number;
  /** How many of them have the recorded keys. */
  readonly sameKeys: number;
  /** How many have, bit for bit, the recorded files. */
  readonly sameResults: number;
  /** How many have other files. */
  readonly otherResults: number;
  /** Everything that differs; `before` is the record. */
  readonly comparison: RunComparison;
}

/**
 * The config of a record, to be run from `baseDirectory`; results go where the
 * config `here`, if there is one, puts them.
 */
export function configOfRecord(
  record: RunRecord,
  baseDirectory: string,
  here: LoadedConfig | null,
): {
  readonly config: Readonly<Record<string, unknown>>;
  readonly file: null;
  readonly baseDirectory: string;
} {
  const { outputs, store } = Object(here?.config) as Record<string, unknown>;
  // A record has neither; one from elsewhere must not say where is written.
  const { outputs: _outputs, store: _store, ...recorded } = record.config;
  const config = {
    ...recorded,
    ...(outputs === undefined ? {} : { outputs }),
    ...(store === undefined ? {} : { store }),
  };
  return { config, file: null, baseDirectory };
}

/** Compares a record with the record of its repetition, before it ran or after. */
export function compareRepetition(
  record: RunRecord,
  repeated: RunRecord,
): Repetition {
  const comparison = compareRuns(record, repeated);
  const stages = distinctStages(comparison);
  return {
    stages: stages.length,
    sameKeys: stages.filter(({ before, after }) => before === after).length,
    sameResults: stages.filter(({ sameResult }) => sameResult === true).length,
    otherResults: stages.filter(({ sameResult }) => sameResult === false)
      .length,
    comparison,
  };
}

/** The stages of all trials, each once: many need the data that one loads. */
export function distinctStages(
  { trials }: RunComparison,
): readonly (StageComparison & { readonly label: string })[] {
  const stages = trials.flatMap(({ label, stages }) =>
    stages.map((stage) => ({ ...stage, label }))
  );
  const seen = new Set<string>();
  return stages.filter(({ name, before, after }) => {
    const id = `${name} ${before} ${after}`;
    if (seen.has(id)) return false;
    seen.add(id);
    return true;
  });
}
