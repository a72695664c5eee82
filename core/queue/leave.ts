/**
 * The end of those who use Redis: in order where it answers, and soon where it
 * does not.
 *
 * @module
 */

import type { QueueEvents, Worker } from "bullmq";
import type { Redis } from "ioredis";
import { setTimeout as delay } from "node:timers/promises";

/** What ends. */
export interface Leaving {
  readonly worker: Worker;
  readonly redis: Redis;
  /** Stages that run; they have been told to stop. */
  readonly stages: ReadonlySet<Promise<unknown>>;
}

/** When it is time to give up. */
export interface Patience {
  readonly redis: Redis;
  /** Before it is aborted, Redis may stay away for as long as it likes. */
  readonly signal: AbortSignal;
}

/** For so long is an answer of Redis waited for. */
const ANSWER_MS = 3000;
const POLL_MS = 500;

/** Those that owe an answer for longer than that: they are not waited for again. */
const silent = new WeakSet<Redis>();

/**
 * Closes the worker when its stages have ended, with what they were to say said.
 * Where Redis is gone, nobody is told: it learns from the lease. Gives whether
 * Redis was there.
 */
export async function leave(
  { worker, redis, stages }: Leaving,
): Promise<boolean> {
  // What they save lies in the store.
  await Promise.allSettled(stages);
  const isThere = await answers(redis);
  const closing = worker.close(!isThere).then(() => true, () => true);
  const signal = AbortSignal.abort();
  if (await unlessGone(closing, { redis, signal })) return isThere;
  void worker.disconnect().catch(() => {});
  return false;
}

/** Closes what listens to Redis by a connection of its own. */
export async function hangUp(
  events: QueueEvents,
  connection: Redis,
): Promise<void> {
  await within(events.close().then(() => true, () => true), ANSWER_MS);
  connection.disconnect();
}

/** What `promise` of Redis gives; undefined when the signal is aborted and Redis gone. */
export async function unlessGone<T>(
  promise: Promise<T>,
  { redis, signal }: Patience,
): Promise<T | undefined> {
  const done = new AbortController();
  const gone = async () => {
    await anyOf([signal, done.signal]);
    while (!done.signal.aborted && await answers(redis)) await delay(POLL_MS);
    return undefined;
  };
  try {
    return await Promise.race([promise, gone()]);
  } finally {
    done.abort();
  }
}

async function anyOf(signals: readonly AbortSignal[]): Promise<void> {
  const any = AbortSignal.any([...signals]);
  if (any.aborted) return;
  await new Promise((resolve) =>
    any.addEventListener("abort", resolve, { once: true })
  );
}

async function answers(redis: Redis): Promise<boolean> {
  if (silent.has(redis)) return false;
  let isAnswered = false;
  const ping = redis.ping().then(() => true, () => false).finally(() => {
    isAnswered = true;
    silent.delete(redis);
  });
  const isThere = await within(ping, ANSWER_MS);
  if (!isAnswered) silent.add(redis);
  return isThere;
}

/** What `promise` gives, or false where it takes longer. */
async function within(
  promise: Promise<boolean>,
  ms: number,
): Promise<boolean> {
  const late = new AbortController();
  const { signal } = late;
  try {
    return await Promise.race([
      promise,
      delay(ms, false, { signal }).catch(() => false),
    ]);
  } finally {
    late.abort();
  }
}
