/**
 * The configurations that are searched for, and configs of what is to be run of
 * them.
 *
 * @module
 */

import { optionAxis } from "../option_axis.ts";
import type { AxisValues } from "../provider.ts";
import { orderStages, withAncestors } from "../stage_graph.ts";
import { type NamedTrial, nameTrials } from "../trials.ts";
import type { PlanInput, TrialValues } from "../types.ts";
import type { Score, SearchInput, Setting } from "./types.ts";

/** Trials that differ in their seeds alone, and how far their settings have come. */
export interface Configuration {
  readonly group: string;
  readonly trials: readonly NamedTrial[];
  readonly tried: Map<Setting, Score[]>;
  /** Those of the rung at hand; after the last the best first. */
  left: readonly Setting[];
}

/** All configurations of a config, nothing tried. */
export function configurationsOf(
  { axes, exclude }: PlanInput,
  { settings }: SearchInput,
): readonly Configuration[] {
  const named = nameTrials(axes, exclude);
  return [...new Set(named.map(({ group }) => group))].map((group) => ({
    group,
    trials: named.filter((trial) => trial.group === group),
    tried: new Map(settings.map((setting) => [setting, []])),
    left: settings,
  }));
}

/** The config of a rung: all that is left of every configuration, with its first seed. */
export function rungOf(
  config: PlanInput,
  groups: readonly Configuration[],
  rung: number,
): PlanInput {
  const { name, stages, stageOptions } = config;
  const { stage, over, rungs } = config.search!;
  const needed = withAncestors(orderStages(stages), stage);
  const raised = { ...stageOptions[stage], [over]: rungs[rung]! };
  return {
    ...withCombinations(
      config,
      groups.flatMap(({ trials, left }) =>
        left.map((setting) => ({ ...trials[0]!.values, ...setting }))
      ),
    ),
    name: `${name}-rung-${rung + 1}`,
    stages: stages.filter(({ name }) => needed.has(name)),
    stageOptions: { ...stageOptions, [stage]: raised },
  };
}

/** The config of what comes after the search: each configuration with what won. */
export function finalOf(
  config: PlanInput,
  groups: readonly Configuration[],
): PlanInput {
  const combinations = groups.flatMap(({ trials, left }) =>
    trials.map(({ values }) => ({ ...values, ...left[0] }))
  );
  return withCombinations(config, combinations, true);
}

/** The same with these trials, in which options are axes, too. */
function withCombinations(
  config: PlanInput,
  combinations: readonly TrialValues[],
  isTuned = false,
): PlanInput {
  const { options } = config.search!;
  const own = options.map((option): AxisValues => ({
    axis: optionAxis({ ...option, isTuned }),
    values: [],
  }));
  const is = (role: string) =>
    config.axes.filter(({ axis }) => axis.role === role);
  const axes = [...is("compare"), ...own, ...is("replicate")];
  return {
    ...config,
    axes: axes.map(({ axis }) => ({
      axis,
      values: [...new Set(combinations.map((values) => values[axis.name]))],
    })),
    combinations,
  };
}
