/**
 * Sweeps of the tiny project, and workers for them, in this process.
 *
 * @module
 */

import { onTestFinished } from "vitest";
import { digestFile } from "../../core/pipeline/key/file_digest.ts";
import { digesterOf, storeDirectory } from "../../core/pipeline/plan.ts";
import { type RunOptions, runPlan } from "../../core/pipeline/runner.ts";
import type { PipelineResult } from "../../core/pipeline/types.ts";
import { bullmqExecutor } from "../../core/queue/bullmq_executor.ts";
import {
  runWorker,
  type WorkerEvent,
  type WorkerOptions,
} from "../../core/queue/worker.ts";
import { keepRecord } from "../../core/runs/keep_record.ts";
import { openStore } from "../../core/store/store.ts";
import {
  engine,
  type Project,
  type ProjectConfig,
} from "../pipeline/_open_project.ts";

/** Runs the project by the queue at `url`; `notices` gets the lines for the person. */
export async function runByQueue(
  project: Project,
  url: string,
  { given, notices = [], ...options }:
    & { readonly given?: ProjectConfig; readonly notices?: string[] }
    & RunOptions = {},
): Promise<PipelineResult> {
  const plan = await project.plan(given);
  const store = openStore(storeDirectory(plan.config));
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

/** A worker that was started. */
export interface StartedWorker {
  readonly events: readonly WorkerEvent[];
  stop(): Promise<void>;
}

/** Starts a worker for the project, or for a copy of it elsewhere. */
export function startWorker(
  project: Project,
  url: string,
  options: Partial<WorkerOptions> = {},
): StartedWorker {
  const controller = new AbortController();
  const config = project.config();
  const events: WorkerEvent[] = [];
  const ended = runWorker({
    place: { url, queue: "test" },
    store: openStore(storeDirectory(config)),
    baseDirectory: config.baseDirectory,
    engine,
    digester: digesterOf(config),
    digestFile,
    concurrency: 2,
    leaseSeconds: 2,
    drain: false,
    signal: controller.signal,
    onEvent: (event) => events.push(event),
    ...options,
  });
  const stop = async () => {
    controller.abort();
    await ended;
  };
  onTestFinished(stop);
  return { events, stop };
}
