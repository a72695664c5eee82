/**
 * Runs a plan: takes from the store what is there, and runs the rest in worker
 * processes, each stage as soon as what it needs is there.
 *
 * A stage that was run is committed under its key by the worker; stages read
 * each other's results from the store alone. So neither the order nor the
 * number of workers can change a result.
 *
 * @module
 */

import { availableParallelism } from "node:os";
import { openStore } from "../store/open.ts";
import type { ArtifactStore } from "../store/store.ts";
import type { Executor } from "./execute/executor.ts";
import { localExecutor } from "./execute/local_executor.ts";
import { runRepairing } from "./execute/repair.ts";
import { sourcesOf } from "./key/keys.ts";
import { digesterOf, historyOf } from "./beside_store.ts";
import { type SelectionOptions, selectStages } from "./selection.ts";
import type { SourceDigester } from "./source/digest.ts";
import type { PlanStatus } from "./status.ts";
import { type Finding, surveyPlan } from "./survey.ts";
import type {
  PipelineEvent,
  PipelineResult,
  Plan,
  StageOutcome,
} from "./types.ts";

/**
 * Options of {@link runPlan}.
 *
 * Forced stages run again together with all that depend on them; each result
 * replaces the stored one when it is complete.
 */
export interface RunOptions extends SelectionOptions {
  /** Default: the store in the config's output folder. */
  readonly store?: ArtifactStore;
  /** Who runs the stages; default: processes of this machine. */
  readonly executor?: Executor;
  /** Stages side by side; default: the config's, else by cores and work. */
  readonly concurrency?: number;
  /** Aborted, stages save their checkpoints and stop. */
  readonly signal?: AbortSignal;
  readonly onEvent?: (event: PipelineEvent) => void;
}

/**
 * Runs a plan. A stage that fails ends with its error in its outcome, those
 * that need it are skipped, and the others go on.
 *
 * @throws {UserError} Where the selection makes no sense; nothing has run then.
 */
export async function runPlan(
  plan: Plan,
  options: RunOptions = {},
): Promise<PipelineResult> {
  const store = options.store ?? await openStore(plan.config.storeDirectory);
  return await runAndRead(
    plan,
    { ...options, store },
    (result) => Promise.resolve(result),
  );
}

/**
 * Runs a plan and gives what `read` makes of its results. Where that finds an
 * artifact damaged, it is made anew, and `read` is called again.
 *
 * @throws {UserError} Where the selection makes no sense; nothing has run then.
 */
export async function runAndRead<T>(
  plan: Plan,
  options: RunOptions & { readonly store: ArtifactStore },
  read: (result: PipelineResult) => Promise<T>,
): Promise<T> {
  const { store, executor = localExecutor } = options;
  const { findings, warnings } = await surveyPlan(plan, options);
  const { wanted } = selectStages(plan, options);
  const digester = digesterOf(plan.config);
  const onEvent = options.onEvent ?? (() => {});
  const signal = options.signal ?? new AbortController().signal;
  return await runRepairing(plan, {
    store,
    findings,
    wanted,
    onEvent,
    execute: async (round) => {
      const workers = countWorkers(plan, round.todo, options.concurrency);
      const surroundings = { store, digester, workers, signal, onEvent };
      const executed = executor.execute(plan, { ...surroundings, ...round });
      const kept = keepSources(plan, round.todo, digester);
      // Whichever fails, nothing goes on behind the error.
      await Promise.allSettled([executed, kept]);
      const damages = await executed;
      await kept;
      return damages;
    },
  }, (settled) =>
    read({
      plan,
      trials: plan.trials.map((trial) => ({
        trial,
        stages: trial.nodes.map((key) => settled.outcomes.get(key)!),
      })),
      warnings: [...new Set([...warnings, ...settled.warnings])],
      status: statusOf([...settled.outcomes.values()]),
    }));
}

/** Keeps the sources of what is to run, for later explanations. */
async function keepSources(
  plan: Plan,
  todo: ReadonlyMap<string, unknown>,
  digester: SourceDigester,
): Promise<void> {
  const modules = new Set(
    [...todo.keys()].map((key) => plan.nodes.get(key)!)
      .flatMap(({ stage, given }) => sourcesOf(stage, given))
      .map(({ module }) => module),
  );
  const history = historyOf(plan.config);
  for (const module of modules) {
    const source = digester.read(module);
    if (source !== null) await history.keep(source);
  }
}

/** As many as asked for or as there are cores, but no more than can be busy. */
export function countWorkers(
  plan: Plan,
  findings: ReadonlyMap<string, Finding>,
  concurrency?: number,
): number {
  const counts = new Map<string, number>();
  for (const [key, { status }] of findings) {
    if (status !== "stale") continue;
    const { name } = plan.nodes.get(key)!.stage;
    counts.set(name, (counts.get(name) ?? 0) + 1);
  }
  const width = Math.max(1, ...counts.values());
  const limit = concurrency ?? plan.config.concurrency ??
    Math.floor(availableParallelism() / plan.config.threads);
  return Math.max(1, Math.min(limit, width));
}

function statusOf(outcomes: readonly StageOutcome[]): PlanStatus {
  const found = new Set(outcomes.map(({ status }) => status));
  if (found.has("interrupted")) return "interrupted";
  return found.has("failed") ? "failed" : "done";
}
