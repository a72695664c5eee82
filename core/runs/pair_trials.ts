/**
 * Which trials of two runs answer each other.
 *
 * @module
 */

import { canonicalJson } from "../pipeline/key/canonical.ts";
import type { TrialRecord } from "./record.ts";

/** What trials that answer each other have in common, the closest first. */
interface Likeness {
  readonly same: (trial: TrialRecord) => readonly unknown[];
  /** In this they may differ, where either run has but one such value left. */
  readonly other: (trial: TrialRecord) => readonly unknown[];
}

const EXACT: Likeness = {
  same: ({ prior, options, latentDim, matrix }) => [
    prior,
    options,
    latentDim,
    matrix,
  ],
  other: () => [],
};

/** Those that differ in one value of the matrix: the options of a plugin, before another plugin. */
function besides(name: string): readonly Likeness[] {
  const rest = (
    { prior, options, latentDim, matrix: { [name]: _, ...rest } }: TrialRecord,
  ) => [prior, options, latentDim, rest];
  const other = ({ matrix }: TrialRecord) => [matrix[name]];
  const plugin = (trial: TrialRecord) =>
    [trial.matrix[name]].flat().slice(0, 1);
  return [
    { same: (trial) => [...rest(trial), ...plugin(trial)], other },
    { same: rest, other },
  ];
}

/** Those that differ in more. */
const LOOSER: readonly Likeness[] = [
  {
    same: ({ prior, options, latentDim }) => [prior, options, latentDim],
    other: ({ matrix }) => [matrix],
  },
  {
    same: ({ prior, options, matrix }) => [prior, options, matrix],
    other: ({ latentDim }) => [latentDim],
  },
  // Of another version of the prior, with an option more.
  { same: ({ prior, id }) => [prior, id], other: () => [] },
  {
    same: ({ prior, latentDim, matrix }) => [prior, latentDim, matrix],
    other: ({ options }) => [options],
  },
  {
    same: ({ prior }) => [prior],
    other: ({ options, latentDim, matrix }) => [options, latentDim, matrix],
  },
];

/**
 * Trials of the same prior with the same options, latent dimension, network,
 * likelihood, objective and options of stages, of the same seed, else in the
 * order of their seeds; and then those left of the same prior where there is no
 * doubt which of them answers which.
 */
export function pairTrials(
  before: readonly TrialRecord[],
  after: readonly TrialRecord[],
): readonly (readonly [TrialRecord, TrialRecord])[] {
  const found = new Map<TrialRecord, TrialRecord>();
  const names = new Set(
    [...before, ...after].flatMap(({ matrix }) => Object.keys(matrix)),
  );
  const likenesses = [EXACT, ...[...names].flatMap(besides), ...LOOSER];
  for (const { same, other } of likenesses) {
    const taken = new Set(found.values());
    const left = groupBy(before.filter((a) => !found.has(a)), same);
    const right = groupBy(after.filter((b) => !taken.has(b)), same);
    for (const [key, group] of left) {
      const answers = right.get(key) ?? [];
      const isClear = [group, answers]
        .every((one) => groupBy(one, other).size === 1);
      if (!isClear) continue;
      for (const [a, b] of pairSeeds(group, answers)) found.set(a, b);
    }
  }
  return before.flatMap((a) => {
    const b = found.get(a);
    return b === undefined ? [] : [[a, b] as const];
  });
}

function pairSeeds(
  before: readonly TrialRecord[],
  after: readonly TrialRecord[],
): readonly (readonly [TrialRecord, TrialRecord])[] {
  const equal = before.flatMap((a) => {
    const b = after.find(({ seed }) => seed === a.seed);
    return b === undefined ? [] : [[a, b] as const];
  });
  const taken = new Set(equal.flat());
  const [left, right] = [before, after].map((trials) =>
    trials.filter((trial) => !taken.has(trial))
      .sort((a, b) => a.seed - b.seed)
  ) as [TrialRecord[], TrialRecord[]];
  const rest = left.slice(0, right.length)
    .map((a, i) => [a, right[i]!] as const);
  return [...equal, ...rest];
}

function groupBy(
  trials: readonly TrialRecord[],
  partsOf: Likeness["same"],
): ReadonlyMap<string, readonly TrialRecord[]> {
  const groups = new Map<string, TrialRecord[]>();
  for (const trial of trials) {
    // As a record that was read has it: JSON knows no infinity.
    const parts = JSON.parse(JSON.stringify(partsOf(trial)));
    const key = canonicalJson(parts, "the options of a record");
    groups.set(key, [...groups.get(key) ?? [], trial]);
  }
  return groups;
}
