/**
 * From a plan to its report, and of one that searches through all its rungs.
 *
 * @module
 */

import type { PipelineResult, Plan } from "./pipeline/types.ts";
import type { RunOptions } from "./pipeline/runner.ts";
import type { ReportPaths } from "./report/mod.ts";
import type { ArtifactReader } from "./report/reader.ts";
import type { RunSummary } from "./report/summary_types.ts";

/** What a run leaves behind. */
export interface PipelineRun {
  /** What became of every stage. */
  readonly result: PipelineResult;
  /** The numbers, as `run --json` prints them. */
  readonly summary: RunSummary;
  /** Where the report is. */
  readonly report: ReportPaths;
}

/** Options of {@link executePlan}. */
export interface ExecutePlanOptions extends RunOptions {
  /** A rung of a search is about to run, or what comes after it. */
  readonly onPlan?: (plan: Plan) => void;
}

/**
 * Runs a plan and writes its report. Of a config that searches that is done for
 * each rung, one after the other; which stages and trials are wanted counts for
 * what comes after them.
 */
export async function executePlan(
  plan: Plan,
  options: ExecutePlanOptions = {},
): Promise<PipelineRun> {
  if (plan.searched === undefined) return await executeOne(plan, options);
  const { checkSelection, runRungs } = await import(
    "./pipeline/search/run_search.ts"
  );
  const { isRung } = await import("./pipeline/search/words.ts");
  await checkSelection(plan, options);
  const { only: _o, from: _f, to: _t, force: _a, trials: _r, ...all } = options;
  return await runRungs(plan, async (next) => {
    options.onPlan?.(next);
    return await executeOne(next, isRung(next) ? all : options);
  });
}

async function executeOne(
  plan: Plan,
  options: RunOptions,
): Promise<PipelineRun> {
  const { runAndRead } = await import("./pipeline/runner.ts");
  const { openStore } = await import("./store/open.ts");
  const { summarise, writeReport } = await import("./report/mod.ts");
  const { keepRecord } = await import("./runs/keep_record.ts");
  const store = options.store ?? await openStore(plan.config.storeDirectory);
  const keeper = await keepRecord(plan, store);
  const onEvent: RunOptions["onEvent"] = (event) => {
    if (event.type === "start") keeper.work();
    options.onEvent?.(event);
  };
  const reader: ArtifactReader = {
    read: (key) =>
      store.read({ stage: plan.nodes.get(key)?.stage.name ?? "", key }),
  };
  try {
    const run = { ...options, store, onEvent };
    return await runAndRead(plan, run, async (result) => {
      const written = await writeReport(result, reader, {
        record: ({ trials }) => keeper.end(result, trials),
        isLasting: () => keeper.isAsRecorded(),
      });
      const warnings = [...keeper.warnings, ...written.warnings];
      const report = { ...written, warnings };
      const summary = await summarise(result, reader, report);
      return { result, summary, report };
    });
  } finally {
    await keeper.release();
  }
}
