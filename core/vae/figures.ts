/**
 * All figures of a run. Table, report, summary, record, comparison, exports and
 * live page go over this list: a figure is declared in its group alone.
 *
 * @module
 */

import { evaluation } from "./figures/evaluation.ts";
import type {
  Condition,
  Conditions,
  Figure,
  FigureGroup,
  FigureValues,
  Measured,
} from "./figures/figure.ts";
import { latents } from "./figures/latents.ts";
import { samples } from "./figures/samples.ts";

/** Name of a figure. */
export type FigureName =
  (typeof evaluation | typeof latents | typeof samples)["names"][number];

/** Groups of figures, in the order in which they are shown. */
export const GROUPS: readonly FigureGroup[] = [evaluation, latents, samples];

/** All figures. */
export const FIGURES: readonly Figure[] = GROUPS.flatMap(({ figures }) =>
  figures
);

/** The figure that stands for a run where there is room for one. */
export const HEADLINE: Figure = evaluation.figures[0]!;

/** Nothing measured yet. */
export const UNMEASURED: Measured = {
  evaluation: null,
  latentMetrics: null,
  sampleMetrics: null,
};

/** The digest of the test set, a condition of every figure. */
export const TEST_SET = "testSet";

/** What figures hold under, but for the test set, by name. */
export const CONDITIONS: Readonly<Record<string, Condition>> = Object.assign(
  {},
  ...GROUPS.map(({ conditions }) => conditions),
);

/** All figures that were measured, by their names. */
export function figuresOf(measured: Measured): FigureValues {
  return known(FIGURES.map(({ name, read }) => [name, read(measured)]));
}

/** Whether any figure of a group is among these. */
export function hasFigures(
  { names }: FigureGroup,
  figures: FigureValues,
): boolean {
  return names.some((name) => Object.hasOwn(figures, name));
}

/** Figures of a group without the rare ones that none of these trials has. */
export function figuresInUse(
  { figures }: FigureGroup,
  trials: readonly FigureValues[],
): readonly Figure[] {
  return figures.filter(({ name, isRare = false }) =>
    !isRare || trials.some((values) => Object.hasOwn(values, name))
  );
}

/** What these figures hold under, by name. */
export function conditionsOf(measured: Measured): Conditions {
  return known(
    Object.entries(CONDITIONS).map((
      [name, { read }],
    ) => [name, read(measured)]),
  );
}

/**
 * Why a figure under the one conditions does not compare with that under the
 * others; undefined where it does. What is not known of both tells nothing.
 */
export function whyApart(
  { under }: Figure,
  before: Conditions,
  after: Conditions,
): string | undefined {
  const differ = (name: string) =>
    before[name] !== undefined && after[name] !== undefined &&
    before[name] !== after[name];
  if (differ(TEST_SET)) return "of other test images";
  const name = under.find(differ);
  return name && CONDITIONS[name]!.problem(before[name]!, after[name]!);
}

function known<Value>(
  entries: readonly (readonly [string, Value | null | undefined])[],
): Readonly<Record<string, Value>> {
  return Object.fromEntries(
    entries.flatMap(([name, value]) => value == null ? [] : [[name, value]]),
  );
}
