/**
 * Which stages of a plan are to be told of, and what is known of them.
 *
 * @module
 */

import { type SelectionOptions, selectTrials } from "../pipeline/selection.ts";
import { surveyPlan } from "../pipeline/survey.ts";
import type { Plan } from "../pipeline/types.ts";
import { openStore } from "../store/open.ts";
import type { Reason } from "./_reasons.ts";

/** What is asked of a plan. */
export interface Question {
  /** Of this stage, cached or not; default all that are not cached. */
  readonly stage?: string | undefined;
  readonly selection: SelectionOptions;
}

/** Looks the plan's stages up, in their order. */
export async function findReasons(
  plan: Plan,
  { stage, selection }: Question,
): Promise<readonly Reason[]> {
  const { findings } = await surveyPlan(plan, selection);
  const trials = selectTrials(plan, selection.trials);
  const keys = new Set(trials.flatMap(({ nodes }) => nodes));
  const times = stage === undefined
    ? new Map<string, number>()
    : await timesOf(plan, stage);
  return [...plan.nodes.values()].flatMap((node): readonly Reason[] => {
    const finding = findings.get(node.key)!;
    if (!keys.has(node.key)) return [];
    if (stage === undefined && finding.status === "cached") return [];
    if (stage !== undefined && node.stage.name !== stage) return [];
    return [{
      node,
      finding,
      trials: trials.filter(({ nodes }) => nodes.includes(node.key)),
      madeAt: times.get(node.key) ?? null,
      isStale: (name) =>
        trials.some(({ nodes }) =>
          nodes.includes(node.key) &&
          nodes.some((key) =>
            plan.nodes.get(key)!.stage.name === name &&
            findings.get(key)!.status !== "cached"
          )
        ),
    }];
  });
}

/** When the artifacts of a stage were made, by key. */
async function timesOf(
  plan: Plan,
  stage: string,
): Promise<ReadonlyMap<string, number>> {
  const store = await openStore(plan.config.storeDirectory);
  const artifacts = await store.list(stage);
  return new Map(
    artifacts.map(({ manifest, time }) => [manifest.key, time] as const),
  );
}
