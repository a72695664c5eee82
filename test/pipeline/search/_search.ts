/** A search in a project of tiny stages. @module */

import { type RunOptions, runPlan } from "../../../core/pipeline/runner.ts";
import { planSearching } from "../../../core/pipeline/search/plan_search.ts";
import { runRungs } from "../../../core/pipeline/search/run_search.ts";
import { settingsOf } from "../../../core/pipeline/search/settings.ts";
import type { SearchInput } from "../../../core/pipeline/search/types.ts";
import type { PipelineResult, Plan } from "../../../core/pipeline/types.ts";
import { type Project, type ProjectConfig, shared } from "../_open_project.ts";

/** Options by their names, with values. */
export type Lists = Readonly<Record<string, readonly unknown[]>>;

/** The search of these values by the total of 1, 2 and 4 numbers of 8, the smallest of which wins. */
export function searchOf(values: Lists, reduction = 2): SearchInput {
  return {
    stage: "total",
    over: "limit",
    rungs: [1, 2, 4],
    reduction,
    options: Object.keys(values).map((name) => {
      const [stage, option] = name.split(".") as [string, string];
      return { stage, option, called: option };
    }),
    settings: settingsOf(values, { budget: null, seed: 0 }),
    written: { values },
  };
}

/** Plans it. */
export async function plan(
  project: Project,
  search: SearchInput,
  given: ProjectConfig = {},
): Promise<Plan> {
  const config = project.config({
    ...given,
    options: { numbers: { count: 8 }, ...given.options },
  });
  return await planSearching({ ...config, search }, search, shared);
}

/** Runs it, and what comes after it. */
export async function run(
  project: Project,
  search: SearchInput,
  { given, ...options }: RunOptions & { readonly given?: ProjectConfig } = {},
): Promise<PipelineResult> {
  const first = await plan(project, search, given);
  const { result } = await runRungs(first, async (next) => ({
    result: await runPlan(next, options),
  }));
  return result;
}
