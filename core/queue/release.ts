/**
 * Lets parked stages go when what they wait for has settled.
 *
 * @module
 */

import type { Queue } from "bullmq";
import { isWhole, resultOf, type StageJob } from "./job.ts";

/**
 * Promotes what waited for `job`, where that has waited for nothing else. To be
 * called when its result is written: of two that end at once at least one sees
 * the other's. Of a job that Redis has lost nobody knows what waits for it: who
 * follows the sweep puts that in again.
 */
export async function release(
  queue: Queue,
  job: Pick<StageJob, "data">,
): Promise<void> {
  if (!isWhole(job)) return;
  await Promise.all(
    job.data.before.map(async (id) => {
      const next: StageJob | undefined = await queue.getJob(id);
      if (next !== undefined) await releaseIfReady(queue, next);
    }),
  );
}

/** Promotes a parked job that waits for nothing any more. */
export async function releaseIfReady(
  queue: Queue,
  job: StageJob,
): Promise<void> {
  if (isWhole(job) && await isReady(queue, job)) await promote(job);
}

async function isReady(queue: Queue, job: StageJob): Promise<boolean> {
  const before = await Promise.all(
    job.data.after.map((id) => queue.getJob(id)),
  );
  return before.every((one) =>
    one === undefined || one.finishedOn !== undefined || resultOf(one) !== null
  );
}

/** Somebody else may have done it. */
async function promote(job: StageJob): Promise<void> {
  if (!await job.isDelayed()) return;
  try {
    await job.promote();
  } catch (error) {
    if (await job.isDelayed()) throw error;
  }
}
