/**
 * A plan in the queue: one job for each stage that is to run, all of them
 * children of one job that ends when they have.
 *
 * BullMQ's flows are trees, in which a job has one parent; stages form a graph,
 * in which many need the data that one loads. So the flow has two levels, and a
 * stage that has to wait is parked as a delayed job, which whoever settles the
 * last thing that it waits for promotes (`release.ts`). A worker that dies
 * in between leaves a stalled job behind, whose next try finds the artifact in
 * the store, and promotes.
 *
 * @module
 */

import { FlowProducer, type Job, type JobsOptions, type Queue } from "bullmq";
import type { Redis } from "ioredis";
import { hostname } from "node:os";
import { setTimeout as delay } from "node:timers/promises";
import { taskOf } from "../pipeline/execute/task_of.ts";
import type { StaleFinding } from "../pipeline/survey.ts";
import type { Plan, StageNode } from "../pipeline/types.ts";
import { recordFile } from "../runs/keep_record.ts";
import type { ArtifactStore } from "../store/store.ts";
import {
  isWhole,
  resultOf,
  type StageJob,
  type StageJobData,
  SWEEP,
  type SweepData,
} from "./job.ts";
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
const REMEMBERED_S = 7 * 24 * 60 * 60;
const LETTING_GO_MS = 3000;
const POLL_MS = 25;
/** Somebody else may end the sweep that is being added to. */
const MAX_TRIES = 5;

/**
 * Puts the nodes into the queue, those that are not in it yet: of a sweep that
 * was begun earlier, by whomever, just the rest.
 *
 * @returns How many were there.
 */
export async function submitSweep(
  queue: Queue,
  redis: Redis,
  options: SweepOptions,
): Promise<number> {
  const flows = new FlowProducer({ connection: redis });
  try {
    for (let tries = 1;; tries++) {
      const { there, missing } = await sift(queue, options);
      try {
        await add(queue, flows, missing, options);
        return there;
      } catch (error) {
        if (tries === MAX_TRIES) throw error;
      }
    }
  } finally {
    await flows.close();
  }
}

/**
 * Takes a sweep whose stages are all settled out of the queue, when the workers
 * have let go of it; what stays, because nobody works any more, expires.
 */
export async function clearSweep(queue: Queue, id: string): Promise<void> {
  for (let waited = 0; waited < LETTING_GO_MS; waited += POLL_MS) {
    const root = await queue.getJob(id);
    if (root === undefined) return;
    if (root.finishedOn !== undefined && await isRemoved(root)) return;
    await delay(POLL_MS);
  }
}

/** Splits the nodes into those that the queue has, unsettled, and the others. */
async function sift(
  queue: Queue,
  { plan, nodes, store, signal }: SweepOptions,
): Promise<{ readonly there: number; readonly missing: readonly string[] }> {
  const id = sweepId(plan, store);
  const root = await queue.getJob(id);
  if (root?.finishedOn !== undefined) await clearSweep(queue, id);
  const missing: string[] = [];
  await Promise.all([...nodes.keys()].map(async (key) => {
    if (await isFree(queue, stageJobId(id, key), signal)) missing.push(key);
  }));
  return { there: nodes.size - missing.length, missing };
}

/** Whether Redis has lost the job's data, or the list that it waited in. */
export async function isLost(job: StageJob): Promise<boolean> {
  return !isWhole(job) || await job.getState() === "unknown";
}

/**
 * Whether there is no job of that id any more. One that is settled goes: what
 * came of it is in the store, or it is to be tried again. Its worker may hold it
 * for a moment yet, or for its lease; a job that was put beside it then would be
 * none, and the old result pass for the new one's.
 */
async function isFree(
  queue: Queue,
  id: string,
  signal: AbortSignal,
): Promise<boolean> {
  while (!signal.aborted) {
    const job: StageJob | undefined = await queue.getJob(id);
    if (job === undefined) return true;
    const isOver = job.finishedOn !== undefined || resultOf(job) !== null;
    if (!isOver && !await isLost(job)) return false;
    // Nobody holds what is lost.
    if (await isRemoved(job) || !isOver) return true;
    await delay(POLL_MS);
  }
  return false;
}

async function isRemoved(job: Job): Promise<boolean> {
  return await job.remove({ removeChildren: true }).then(
    () => true,
    () => false,
  );
}

async function add(
  queue: Queue,
  flows: FlowProducer,
  keys: readonly string[],
  options: SweepOptions,
): Promise<void> {
  if (keys.length === 0) return;
  const id = sweepId(options.plan, options.store);
  const jobs = stageJobs(keys, options);
  const root = await queue.getJob(id);
  if (root === undefined) {
    await flows.add({
      name: SWEEP,
      queueName: queue.name,
      data: {
        plan: options.plan.id,
        by: `${hostname()}, process ${process.pid}`,
      } satisfies SweepData,
      opts: { jobId: id, removeOnComplete: { age: REMEMBERED_S } },
      children: jobs.map((job) => ({ ...job, queueName: queue.name })),
    });
    return;
  }
  const parent = { id, queue: queue.qualifiedName };
  await queue.addBulk(
    jobs.map((job) => ({ ...job, opts: { ...job.opts, parent } })),
  );
}

interface JobToAdd {
  readonly name: string;
  readonly data: StageJobData;
  readonly opts: JobsOptions;
}

function stageJobs(
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
