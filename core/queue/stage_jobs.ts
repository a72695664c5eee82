/**
 * The jobs of stages, as they lie in the queue.
 *
 * @module
 */

import type { JobsOptions } from "bullmq";
import { taskOf } from "../pipeline/execute/task_of.ts";
import type { StaleFinding } from "../pipeline/survey.ts";
import type { Plan, StageNode } from "../pipeline/types.ts";
import { recordFile } from "../runs/keep_record.ts";
import type { ArtifactStore } from "../store/store.ts";
import type { StageJobData } from "./job.ts";
import { stageJobId, sweepId } from "./names.ts";
import { packTask } from "./portable_task.ts";

/** What a sweep is made of. */
export interface SweepOptions {
  readonly plan: Plan;
  /** The nodes to run, with the reasons, by key. */
  readonly nodes: ReadonlyMap<string, StaleFinding>;
  readonly store: ArtifactStore;
  /** 1 goes first. */
  readonly priority: number;
  readonly signal: AbortSignal;
}

/** Parked: until it is promoted. */
const PARKED_MS = 5 * 365 * 24 * 60 * 60 * 1000;
/** Tries at a stage whose failure the next one may not have; with the back-off, ten minutes. */
const ATTEMPTS = 10;
const BACKOFF_MS = 1000;
/** What ended is remembered for those who ask what became of it. */
export const REMEMBERED_S = 7 * 24 * 60 * 60;

interface JobToAdd {
  readonly name: string;
  readonly data: StageJobData;
  readonly opts: JobsOptions;
}

/** The jobs of the nodes with these keys. */
export function stageJobs(
  keys: readonly string[],
  options: SweepOptions,
): readonly JobToAdd[] {
  const { plan, nodes, store, priority } = options;
  const sweep = sweepId(plan, store);
  const idOf = (key: string) => stageJobId(sweep, key);
  const needed = (node: StageNode) =>
    [...new Set(Object.values(node.inputs))].filter((key) => nodes.has(key));
  const before = new Map<string, string[]>();
  for (const key of nodes.keys()) {
    for (const input of needed(plan.nodes.get(key)!)) {
      before.set(input, [...before.get(input) ?? [], idOf(key)]);
    }
  }
  return keys.map((key) => {
    const node = plan.nodes.get(key)!;
    const finding = nodes.get(key)!;
    const after = needed(node).map(idOf);
    const data: StageJobData = {
      title: node.title,
      task: packTask(taskOf(node, finding, { plan, store })),
      reason: finding.reason,
      forced: finding.forced,
      store: {
        location: store.location,
        run: plan.id,
        record: recordFile(plan),
      },
      after,
      before: before.get(key) ?? [],
    };
    const opts: JobsOptions = {
      jobId: idOf(key),
      priority,
      attempts: ATTEMPTS,
      backoff: { type: "exponential", delay: BACKOFF_MS },
      removeOnComplete: { age: REMEMBERED_S },
      removeOnFail: { age: REMEMBERED_S },
      ignoreDependencyOnFailure: true,
      ...(after.length === 0 ? {} : { delay: PARKED_MS }),
    };
    return { name: node.stage.name, data, opts };
  });
}
