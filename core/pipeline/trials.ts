/**
 * The trials, which are the members of the matrix, and how they and their stages are called.
 *
 * @module
 */

import { UserError } from "../lib/errors.ts";
import type { Axis, AxisValues } from "./provider.ts";
import type { Exclusion, Trial, TrialValues } from "./types.ts";

/** A trial before its stages have keys. */
export type NamedTrial = Omit<Trial, "nodes">;

/**
 * Every value of the first axis with every one of the next, and so on, but for
 * what `exclude` says; or these `combinations`.
 *
 * @throws {UserError} Where two of them would be the same, or nothing is left.
 */
export function nameTrials(
  axes: readonly AxisValues[],
  exclude: readonly Exclusion[] = [],
  combinations: readonly TrialValues[] = combine(axes),
): readonly NamedTrial[] {
  for (const { axis, values } of axes) refuseTwins(axis, values);
  const taken = new Set<string>();
  const wanted = combinations.filter((values) =>
    !exclude.some((one) => isLike(values, one))
  );
  if (wanted.length === 0) {
    throw new UserError('Cannot plan: "exclude" leaves no trial');
  }
  return wanted.map((values) => {
    const named = axes.filter(({ axis }) => axis.isAlwaysNamed);
    const suffix = axes.filter(isNamed)
      .filter(({ axis }) => !axis.isAlwaysNamed)
      .map(({ axis }) => `-${axis.slug(values[axis.name])}`).join("");
    const base = named.map(({ axis }) => axis.slug(values[axis.name]))
      .join("-") || "run";
    let id = `${base}${suffix}`;
    for (let n = 2; taken.has(id); n++) id = `${base}-${n}${suffix}`;
    taken.add(id);
    const compared = axes.filter(({ axis }) => axis.role === "compare");
    const label = titleOf(axes, values);
    return { id, label, group: titleOf(compared, values), values };
  });
}

/** The title of a stage: its name and the values of the axes that it depends on. */
export function stageTitle(
  name: string,
  values: TrialValues,
  { axes, depends }: {
    readonly axes: readonly AxisValues[];
    /** Names of axes. */
    readonly depends: ReadonlySet<string>;
  },
): string {
  const its = axes.filter(({ axis }) => depends.has(axis.name));
  return [name, titleOf(its, values)].join(" ").trimEnd();
}

function titleOf(axes: readonly AxisValues[], values: TrialValues): string {
  return axes.filter(isNamed)
    .map(({ axis }) => axis.title(values[axis.name])).join(" ");
}

/** The values of an axis; none where there is no such axis. */
export function valuesOf<Name extends keyof TrialValues & string>(
  { axes }: { readonly axes: readonly AxisValues[] },
  name: Name,
): readonly TrialValues[Name][] {
  const found = axes.find(({ axis }) => axis.name === name);
  return (found?.values ?? []) as readonly TrialValues[Name][];
}

/** Text as a part of a file's name: `Gaussian(-1,0.5)` to `gaussian-m1-0.5`; a point only within a number. */
export function slugOf(text: string): string {
  return text.toLowerCase().replaceAll(/(?<![a-z0-9])-(?=[\d.])/g, "m")
    .replaceAll(/[^a-z0-9.]+|(?<!\d)\.|\.(?!\d)/g, "-")
    .replaceAll(/-{2,}/g, "-").replaceAll(/^-+|-+$/g, "");
}

/** Where there is but one value of an axis, most go without saying. */
function isNamed({ axis, values }: AxisValues): boolean {
  if (axis.isTuned === true) return false;
  return axis.isAlwaysNamed === true || values.length > 1;
}

function combine(axes: readonly AxisValues[]): readonly TrialValues[] {
  return axes.reduce<readonly TrialValues[]>(
    (trials, { axis, values }) =>
      trials.flatMap((trial) =>
        values.map((value) => ({ ...trial, [axis.name]: value }))
      ),
    [{} as TrialValues],
  );
}

function isLike(values: TrialValues, exclusion: Exclusion): boolean {
  return Object.entries(exclusion)
    .every(([name, value]) => values[name] === value);
}

function refuseTwins(
  { plural, title }: Axis,
  values: readonly unknown[],
): void {
  if (values.length === 0) {
    throw new UserError(`Cannot plan: found no ${plural}, want at least one`);
  }
  const titles = values.map((value) => title(value));
  const second = titles.findIndex((one, i) => titles.indexOf(one) < i);
  if (second < 0) return;
  const first = titles.indexOf(titles[second]!);
  throw new UserError(
    `Cannot plan: ${plural} ${first + 1} and ${second + 1} are both ${
      typeof values[second] === "number"
        ? values[second]
        : JSON.stringify(titles[second])
    }`,
    { hint: "Remove one of them" },
  );
}
