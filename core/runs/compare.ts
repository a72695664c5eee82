/**
 * Two runs side by side: what they were asked, what they ran on, which stages
 * are the same, and how their figures differ.
 *
 * @module
 */

import { FIGURES, whyApart } from "../vae/figures.ts";
import type { Figure } from "../vae/figures/figure.ts";
import { pluginKinds } from "../vae/axes.ts";
import type {
  MetricComparison,
  RunComparison,
  StageComparison,
} from "./comparison.ts";
import { type Difference, differences } from "./differences.ts";
import { pairTrials } from "./pair_trials.ts";
import {
  type RunRecord,
  type StageRecord,
  stagesOf,
  type TrialRecord,
} from "./record.ts";

/** Compares two runs. */
export function compareRuns(
  before: RunRecord,
  after: RunRecord,
): RunComparison {
  const pairs = pairTrials(before.trials, after.trials);
  const paired = new Set(pairs.flat());
  const sameData = differences(before.data, after.data).length === 0;
  const rest = ({ trials }: RunRecord) =>
    trials.filter((trial) => !paired.has(trial)).map(({ label }) => label);
  return {
    config: [
      ...partChanges(before, after),
      ...differences(withoutParts(before), withoutParts(after)),
    ],
    environment: differences(before.environment, after.environment),
    sources: [
      ...pluginChanges(before, after),
      ...differences(before.data, after.data, "data"),
      ...differences(before.git, after.git, "git"),
    ],
    trials: pairs.map(([a, b]) => ({
      label: a.label === b.label ? a.label : `${a.label} -> ${b.label}`,
      metrics: FIGURES.map((figure) =>
        compareFigure(figure, { a, b, sameData })
      ),
      stages: compareStages(stagesOf(before, a), stagesOf(after, b)),
    })),
    onlyBefore: rest(before),
    onlyAfter: rest(after),
  };
}

function compareFigure(figure: Figure, { a, b, sameData }: {
  readonly a: TrialRecord;
  readonly b: TrialRecord;
  readonly sameData: boolean;
}): MetricComparison {
  const { name } = figure;
  const [before, after] = [a.figures[name], b.figures[name]];
  const values = {
    name,
    before: before?.value ?? null,
    after: after?.value ?? null,
  };
  const none = { ...values, difference: null, standardError: null };
  if (before === undefined || after === undefined) return none;
  const problem = sameData
    ? whyApart(figure, a.conditions, b.conditions)
    : "of other data";
  if (problem !== undefined) return { ...none, problem };
  return {
    ...values,
    difference: after.value - before.value,
    standardError: before.error === null || after.error === null
      ? null
      : Math.hypot(before.error, after.error),
  };
}

function compareStages(
  before: readonly StageRecord[],
  after: readonly StageRecord[],
): readonly StageComparison[] {
  const names = new Set([...before, ...after].map(({ name }) => name));
  return [...names].map((name) => {
    const a = before.find((stage) => stage.name === name);
    const b = after.find((stage) => stage.name === name);
    const known = a?.digest != null && b?.digest != null;
    return {
      name,
      before: a?.key ?? null,
      after: b?.key ?? null,
      changes: a === undefined || b === undefined ? [] : fieldChanges(a, b),
      sameResult: known ? a.digest === b.digest : null,
    };
  });
}

function fieldChanges(a: StageRecord, b: StageRecord): readonly Difference[] {
  const names = new Set([...Object.keys(a.fields), ...Object.keys(b.fields)]);
  return [...names]
    .filter((name) => !name.startsWith("needs."))
    .map((path) => ({ path, before: a.fields[path], after: b.fields[path] }))
    .filter(({ before, after }) => before !== after);
}

/** Priors and the like that only one of them has: by themselves, not as two whole lists. */
function partChanges(a: RunRecord, b: RunRecord): readonly Difference[] {
  return pluginKinds.flatMap(({ name: path, plural }) => {
    const [before, after] = [a, b].map(({ config }) =>
      (config[plural] as readonly (readonly [string, unknown])[] ?? []).map((
        [name, options],
      ) => `${name} ${JSON.stringify(options)}`)
    ) as [string[], string[]];
    return [
      ...before.filter((part) => !after.includes(part))
        .map((part) => ({ path, before: part, after: undefined })),
      ...after.filter((part) => !before.includes(part))
        .map((part) => ({ path, before: undefined, after: part })),
    ];
  });
}

function withoutParts({ config }: RunRecord) {
  const parts = pluginKinds.map(({ plural }) => plural);
  return Object.fromEntries(
    Object.entries(config).filter(([key]) => !parts.includes(key)),
  );
}

/** Versions and sources of what both of them use. */
function pluginChanges(a: RunRecord, b: RunRecord): readonly Difference[] {
  const after = new Map(b.plugins.map((one) => [nameOf(one), one]));
  return a.plugins.flatMap((plugin) => {
    const name = nameOf(plugin);
    const other = after.get(name);
    if (other === undefined) return [];
    const parts = ({ version, digest: source }: typeof plugin) => ({
      version,
      source,
    });
    return differences(parts(plugin), parts(other), name);
  });
}

function nameOf({ kind, name }: RunRecord["plugins"][number]): string {
  return `${kind} ${name}`;
}
