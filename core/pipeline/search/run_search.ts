/**
 * Runs rung after rung of a search, and what comes after it.
 *
 * @module
 */

import { planPipeline } from "../plan.ts";
import { type SelectionOptions, selectStages } from "../selection.ts";
import type { PipelineResult, Plan } from "../types.ts";
import { planSearching } from "./plan_search.ts";
import { noteFailures } from "./scores.ts";

/**
 * Has `run` run a plan and, as long as it is a rung and its results are there,
 * the one that follows. Gives what `run` gave last.
 *
 * @throws {UserError} where all settings of a configuration have failed.
 */
export async function runRungs<Run extends { readonly result: PipelineResult }>(
  plan: Plan,
  run: (plan: Plan) => Promise<Run>,
): Promise<Run> {
  for (let current: Plan = plan;;) {
    const ran = await run(current);
    const next = await planAfter(ran.result);
    if (next === null) return ran;
    current = next;
  }
}

/**
 * Holds what a person asked for to what comes after the search: before hours are
 * spent on that.
 *
 * @throws {UserError} where there is no such stage or trial.
 */
export async function checkSelection(
  { searched }: Plan,
  selection: SelectionOptions,
): Promise<void> {
  if (searched === undefined || searched.next === null) return;
  const { config, shared } = searched;
  selectStages(await planPipeline(config, shared), selection);
}

/** The plan after that of a result; null where that was the last, or has not come to its end. */
async function planAfter(result: PipelineResult): Promise<Plan | null> {
  const { plan, status } = result;
  const { searched } = plan;
  if (searched === undefined || searched.next === null) return null;
  if (status === "interrupted") return null;
  const { config, shared } = searched;
  const search = config.search!;
  await noteFailures(result, search);
  const next = await planSearching(config, search, shared);
  return next.id === plan.id ? null : next;
}
