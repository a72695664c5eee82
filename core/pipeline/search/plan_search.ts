/**
 * The plan of a config that searches: as far as its rungs have ended, they are
 * decided by what the store has; the first that has not is what is to be run
 * next, and after the last the trials with what won.
 *
 * Nothing is remembered of decisions, for they are a function of the scores: a
 * search that was interrupted, widened or is repeated makes them once more.
 *
 * @module
 */

import { UserError } from "../../lib/errors.ts";
import { openStore } from "../../store/open.ts";
import { planId, planPipeline } from "../plan.ts";
import type { Given } from "../provider.ts";
import type { Plan, PlanInput, Searched } from "../types.ts";
import {
  type Configuration,
  configurationsOf,
  finalOf,
  rungOf,
} from "./configurations.ts";
import { promote, rank, type Scored } from "./halving.ts";
import { judgedNode, readScores } from "./scores.ts";
import type {
  Score,
  SearchedConfiguration,
  SearchInput,
  TriedSetting,
} from "./types.ts";

/**
 * Plans a config that searches, `shared` is what all trials are given: a rung of
 * it, or what comes after it.
 *
 * @throws {UserError} as planPipeline does, or where all settings of a
 * configuration have failed.
 */
export async function planSearching(
  config: PlanInput,
  search: SearchInput,
  shared: readonly Given[],
): Promise<Plan> {
  const store = await openStore(config.storeDirectory);
  const groups = configurationsOf(config, search);
  const artifacts: { stage: string; key: string }[] = [];
  const searched = (next: number | null) => ({
    config,
    shared,
    stage: search.stage,
    over: search.over,
    rungs: search.rungs,
    measure: config.stages.find(({ name }) => name === search.stage)!.judged!
      .measure,
    configurations: groups.map((group) => stateOf(group, search, next)),
    next,
    artifacts,
  });
  for (const rung of search.rungs.keys()) {
    const plan = await planPipeline(rungOf(config, groups, rung), shared);
    const scores = await readScores(plan, { search, rung, store });
    for (const trial of plan.trials) {
      artifacts.push({
        stage: search.stage,
        key: judgedNode(plan, trial, search).key,
      });
    }
    if (scores.includes(null)) return named(plan, searched(rung));
    decide(groups, scores as readonly Score[], search);
  }
  const plan = await planPipeline(finalOf(config, groups), shared);
  return named(plan, searched(null));
}

/** A run of which the search is a part is another one where that has tried other settings. */
function named(plan: Plan, searched: Searched): Plan {
  const keys = [
    ...plan.nodes.keys(),
    ...searched.artifacts.map(({ key }) => key),
  ];
  return { ...plan, id: planId(plan.config.name, new Set(keys)), searched };
}

function decide(
  groups: readonly Configuration[],
  scores: readonly Score[],
  { reduction, rungs }: SearchInput,
): void {
  let place = 0;
  for (const group of groups) {
    const scored = group.left.map((setting): Scored => {
      const score = scores[place++]!;
      group.tried.get(setting)!.push(score);
      return { setting, score };
    });
    const isLast = group.tried.get(group.left[0]!)!.length === rungs.length;
    group.left = isLast ? rank(scored) : promote(scored, reduction);
    if (group.left.length > 0) continue;
    const [first] = scored.flatMap(({ score }) =>
      "failed" in score ? [score.failed] : []
    );
    throw new UserError(
      `Cannot choose a setting for ${group.group}: all ${scored.length} have failed; the first: ${first}`,
      { hint: 'Give "search" other values' },
    );
  }
}

function stateOf(
  { group, tried, left }: Configuration,
  { rungs }: SearchInput,
  next: number | null,
): SearchedConfiguration {
  const all = [...tried].map(([setting, scores]): TriedSetting => ({
    setting,
    scores: [...scores],
  }));
  const last = rungs.at(-1)!;
  let [done, whole] = [0, 0];
  for (const { scores } of all) {
    let work = 0;
    for (const [rung, score] of scores.entries()) {
      if ("failed" in score) continue;
      done += score.added;
      work = score.work * last / rungs[rung]!;
    }
    whole += Math.round(work);
  }
  const winner = next === null ? left[0]! : null;
  return {
    group,
    tried: all,
    left: left.length,
    winner,
    work: { done, whole },
  };
}
