/**
 * Sweeps of the tiny project.
 *
 * @module
 */

import { type RunOptions, runPlan } from "../../core/pipeline/runner.ts";
import type { PipelineResult } from "../../core/pipeline/types.ts";
import { bullmqExecutor } from "../../core/queue/bullmq_executor.ts";
import { keepRecord } from "../../core/runs/keep_record.ts";
import { openStore } from "../../core/store/open.ts";
import type { Project, ProjectConfig } from "../pipeline/_open_project.ts";

/** Runs the project by the queue at `url`; `notices` gets the lines for the person. */
export async function runByQueue(
  project: Project,
  url: string,
  { given, notices = [], ...options }:
    & { readonly given?: ProjectConfig; readonly notices?: string[] }
    & RunOptions = {},
): Promise<PipelineResult> {
  const plan = await project.plan(given);
  const store = await openStore(plan.config.storeDirectory);
  const keeper = await keepRecord(plan, store);
  try {
    return await runPlan(plan, {
      ...options,
      store,
      executor: bullmqExecutor({
        place: { url, queue: "test" },
        onNotice: (line) => notices.push(line),
      }),
    });
  } finally {
    await keeper.release();
  }
}
