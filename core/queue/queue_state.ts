/**
 * What a queue holds, for people and for workers that end with it.
 *
 * @module
 */

import { Queue } from "bullmq";
import type { Redis } from "ioredis";
import type { EngineName } from "../engine/engine.ts";
import type { QueuePlace } from "./place.ts";
import { SWEEP, type SweepData } from "./job.ts";
import { queueName } from "./names.ts";

/** One engine's queue. */
export interface QueueState {
  readonly engine: EngineName;
  readonly isPaused: boolean;
  /** Stages that a worker may take. */
  readonly waiting: number;
  /** Stages that wait for others, or for another try. */
  readonly parked: number;
  readonly active: number;
  readonly done: number;
  readonly failed: number;
  /** `host:12`. */
  readonly workers: readonly string[];
  /** Those that have not ended. */
  readonly sweeps: readonly SweepState[];
}

/** A sweep that has not ended. */
interface SweepState {
  readonly plan: string;
  readonly by: string;
  readonly stages: number;
  readonly settled: number;
  /** When it was begun, in milliseconds since 1970. */
  readonly begun: number;
}

const ENGINES: readonly EngineName[] = ["native", "wasm", "cpu"];

/** Every engine's queue that was ever used. */
export async function queueStates(
  redis: Redis,
  place: QueuePlace,
): Promise<readonly QueueState[]> {
  const states = await Promise.all(
    ENGINES.map((engine) =>
      withQueue(redis, place, engine, (queue) => stateOf(queue, engine))
    ),
  );
  return states.filter((state) => state !== null);
}

/** Lets workers take nothing more, or again; what runs goes on. */
export async function pauseQueues(
  redis: Redis,
  place: QueuePlace,
  isPaused: boolean,
): Promise<void> {
  await eachQueue(
    redis,
    place,
    (queue) => isPaused ? queue.pause() : queue.resume(),
  );
}

/** Takes out whatever no worker has begun; gives how many stages that were. */
export async function drainQueues(
  redis: Redis,
  place: QueuePlace,
): Promise<number> {
  let count = 0;
  await eachQueue(redis, place, async (queue) => {
    const { waiting, parked } = await countOf(queue);
    count += waiting + parked;
    await queue.drain(true);
  });
  return count;
}

/** Whether there is nothing to do, now or later. */
export async function drained(queue: Queue): Promise<boolean> {
  const { waiting, parked, active } = await countOf(queue);
  return waiting + parked + active === 0;
}

/** How many workers listen. */
export async function workersOf(queue: Queue): Promise<readonly string[]> {
  const mark = ":w:";
  return (await queue.getWorkers())
    .map(({ rawname = "" }) =>
      rawname.slice(rawname.indexOf(mark) + mark.length)
    )
    .sort();
}

async function countOf(queue: Queue) {
  const counts = await queue.getJobCounts(
    "waiting",
    "prioritized",
    "delayed",
    "active",
    "completed",
    "failed",
  );
  const count = (state: string) => counts[state] ?? 0;
  return {
    waiting: count("waiting") + count("prioritized"),
    parked: count("delayed"),
    active: count("active"),
    done: count("completed"),
    failed: count("failed"),
  };
}

async function stateOf(
  queue: Queue,
  engine: EngineName,
): Promise<QueueState | null> {
  const counts = await countOf(queue);
  const workers = await workersOf(queue);
  const isUsed = Object.values(counts).some((count) => count > 0);
  if (!isUsed && workers.length === 0) return null;
  const roots = (await queue.getWaitingChildren())
    .filter(({ name }) => name === SWEEP);
  const sweeps = await Promise.all(roots.map(async (root) => {
    const { plan, by } = root.data as SweepData;
    const { processed = 0, ignored = 0, failed = 0, unprocessed = 0 } =
      await root.getDependenciesCount();
    const settled = processed + ignored + failed;
    const stages = settled + unprocessed;
    return { plan, by, stages, settled, begun: root.timestamp };
  }));
  return {
    engine,
    isPaused: await queue.isPaused(),
    ...counts,
    workers,
    sweeps,
  };
}

async function eachQueue(
  redis: Redis,
  place: QueuePlace,
  work: (queue: Queue) => Promise<void>,
): Promise<void> {
  for (const engine of ENGINES) await withQueue(redis, place, engine, work);
}

async function withQueue<T>(
  redis: Redis,
  place: QueuePlace,
  engine: EngineName,
  work: (queue: Queue) => Promise<T>,
): Promise<T> {
  const queue = new Queue(queueName(place, engine), { connection: redis });
  try {
    return await work(queue);
  } finally {
    await queue.close();
  }
}
