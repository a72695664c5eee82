/**
 * A worker: takes stages from the queue and runs them in processes of its own,
 * as the local executor does.
 *
 * What it makes goes to the store, and only word of it to the queue. A worker
 * that dies loses its lease on the job, which BullMQ then gives to another; that
 * one finds the artifact, or goes on from its last checkpoint.
 *
 * @module
 */

import { Queue, Worker } from "bullmq";
import type { Redis } from "ioredis";
import { isGreeting } from "../engine/native/greeting.ts";
import { createWorkerPool } from "../pipeline/execute/worker_pool.ts";
import { connect } from "./connection.ts";
import type { StageJob } from "./job.ts";
import { leave, unlessGone } from "./leave.ts";
import { checkServer, explainRefusal } from "./memory.ts";
import { type ServerWatch, watchServer } from "./server_watch.ts";
import { formatWorker, ownName, queueName } from "./names.ts";
import { doStage } from "./do_stage.ts";
import type { WorkerOptions } from "./worker_options.ts";
import { drained } from "./queue_state.ts";
import { release } from "./release.ts";

/** A worker dies so often over one stage before that fails. */
const MAX_DEATHS = 10;
const FIRST_BREAK_MS = 1000;
const LONGEST_BREAK_MS = 30_000;
const POLL_MS = 500;
const RECONNECT_MS = 1000;
/** How often somebody looks whose lease has run out. */
const STALLED_MS = 2000;

/**
 * Works until it is told to stop, or, with `drain`, until there is nothing more
 * to do.
 *
 * @throws {RunError} where Redis cannot be reached.
 */
export async function runWorker(options: WorkerOptions): Promise<void> {
  const { place, engine, concurrency, signal } = options;
  const redis = await connect(place);
  const server = { redis, url: place.url };
  const name = queueName(place, engine.name);
  await checkServer(server, name).catch((error) => {
    redis.disconnect();
    throw error;
  });
  const queue = new Queue(name, { connection: redis });
  const pool = createWorkerPool(concurrency, { isNoise: isGreeting });
  await options.store.removeStale();
  const stages = new Set<Promise<unknown>>();
  const during = async <T>(stage: Promise<T>): Promise<T> => {
    stages.add(stage);
    return await stage.finally(() => stages.delete(stage));
  };
  const breaks = takeBreaks(() => worker);
  const worker: Worker = new Worker(
    name,
    (job: StageJob, token) =>
      doStage(job, {
        ...options,
        ...breaks,
        during,
        queue,
        pool,
        token: token!,
      }),
    {
      connection: redis,
      name: formatWorker(ownName()),
      concurrency,
      lockDuration: 1000 * options.leaseSeconds,
      stalledInterval: STALLED_MS,
      maxStalledCount: MAX_DEATHS,
      runRetryDelay: RECONNECT_MS,
    },
  );
  const serverWatch = watchServer(server, { ...options, queue: name });
  const { troubles } = serverWatch;
  const abort = () => {
    pool.abort();
    // Or it would take again what its stages give back.
    worker.pause(true).catch(troubles);
  };
  signal.addEventListener("abort", abort);
  if (signal.aborted) abort();
  worker.on("error", troubles);
  queue.on("error", troubles);
  // Also of a job that no try of ours came to: its workers died too often.
  worker.on("failed", (job) => {
    if (job?.finishedOn !== undefined && job.data.before !== undefined) {
      release(queue, job).catch(troubles);
    }
  });
  try {
    await unlessGone(worker.waitUntilReady(), { redis, signal });
    await ended(queue, { redis, check: serverWatch.check }, options);
  } catch (error) {
    // Stages save their checkpoints.
    abort();
    throw await explainRefusal(error, server);
  } finally {
    breaks.end();
    const isThere = await leave({ worker, redis, stages });
    signal.removeEventListener("abort", abort);
    await pool.close();
    if (isThere) await queue.close();
    redis.disconnect();
  }
}

async function ended(
  queue: Queue,
  { redis, check }: Pick<ServerWatch, "check"> & { readonly redis: Redis },
  { drain, signal }: WorkerOptions,
): Promise<void> {
  while (!signal.aborted) {
    await unlessGone(check(), { redis, signal });
    if (drain && await unlessGone(drained(queue), { redis, signal })) return;
    await new Promise<void>((resolve) => {
      const done = () => {
        clearTimeout(timer);
        signal.removeEventListener("abort", done);
        resolve();
      };
      const timer = setTimeout(done, POLL_MS);
      signal.addEventListener("abort", done);
    });
  }
}

/** Breaks after refusals, each twice as long as the one before. */
function takeBreaks(workerOf: () => Worker) {
  let length = FIRST_BREAK_MS;
  let timer: NodeJS.Timeout | undefined;
  return {
    rest: async () => {
      await workerOf().pause(true);
      clearTimeout(timer);
      timer = setTimeout(() => workerOf().resume(), length);
      length = Math.min(2 * length, LONGEST_BREAK_MS);
    },
    stay: () => {
      length = FIRST_BREAK_MS;
    },
    end: () => clearTimeout(timer),
  };
}
