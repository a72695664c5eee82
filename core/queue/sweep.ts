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

import { FlowProducer, type Job, type Queue } from "bullmq";
import type { Redis } from "ioredis";
import { hostname } from "node:os";
import { setTimeout as delay } from "node:timers/promises";
import {
  isWhole,
  resultOf,
  type StageJob,
  SWEEP,
  type SweepData,
} from "./job.ts";
import { stageJobId, sweepId } from "./names.ts";
import { REMEMBERED_S, stageJobs, type SweepOptions } from "./stage_jobs.ts";

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
