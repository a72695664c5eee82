/**
 * Follows a sweep: what workers say of it as events, and in the end what became
 * of each stage.
 *
 * Events are for people, and may be lost when Redis is away. What counts lies in
 * the jobs, which are asked again and again.
 *
 * @module
 */

import { type Queue, QueueEvents } from "bullmq";
import type { Redis } from "ioredis";
import { RunError } from "../lib/errors.ts";
import type { StageResult } from "../pipeline/execute/stage_result.ts";
import { packError } from "../pipeline/execute/wire_error.ts";
import type { PipelineEvent, StageNode } from "../pipeline/types.ts";
import { isWhole, resultOf, type StageJob, type StageWord } from "./job.ts";
import { hangUp, unlessGone } from "./leave.ts";
import { keyOfJobId, stageJobId } from "./names.ts";
import { release, releaseIfReady } from "./release.ts";
import { isLost } from "./sweep.ts";
import { listener } from "./words.ts";

/** What {@link watchSweep} works with. */
export interface WatchOptions {
  readonly queue: Queue;
  readonly redis: Redis;
  /** Id of the sweep. */
  readonly sweep: string;
  /** The stages that are in it, by key. */
  readonly nodes: ReadonlyMap<string, StageNode>;
  reasonOf(key: string): string;
  readonly signal: AbortSignal;
  readonly onEvent: (event: PipelineEvent) => void;
  readonly onResult: (node: StageNode, result: StageResult) => void;
  /** From time to time while something is left to do. */
  readonly onIdle: () => Promise<void>;
  /** Throws where Redis is none for a queue, any more. */
  readonly checkServer: () => Promise<void>;
  /** Puts what is not in the queue into it: at first, and what it has lost. */
  readonly submit: () => Promise<void>;
  /** The queue has lost something, at so many looks in a row; throws to give up. */
  readonly onLoss: (times: number) => void;
}

/** Between looks at the jobs themselves; for each of them a little more. */
const POLL_MS = 2000;
const POLL_MS_EACH = 2;
/** Between looks for jobs that lie in no list, or that nobody has promoted. */
const CLOSE_LOOK_MS = 10_000;
/** Jobs that are read at once. */
const READ_AT_ONCE = 500;

/** Submits the sweep and follows it until every stage has a result, or the signal is aborted. */
export async function watchSweep(options: WatchOptions): Promise<void> {
  const { queue, redis, sweep, nodes, signal } = options;
  const left = new Map(nodes);
  let wake = () => {};
  const { start, tell } = listener(options);
  const settle = (key: string, result: StageResult) => {
    const node = left.get(key);
    if (node === undefined) return;
    left.delete(key);
    // The job may be asked before the word of its start is here.
    if (result.status === "done") start(node);
    options.onResult(node, result);
    if (left.size === 0) wake();
  };
  // Workers may begin before this process listens.
  const newest = await unlessGone(newestEvent(queue, redis), { redis, signal });
  if (newest === undefined) return;
  const connection = redis.duplicate();
  const events = new QueueEvents(queue.name, {
    connection,
    lastEventId: newest,
  });
  events.on("error", () => {});
  events.on("progress", ({ jobId, data }) => {
    const key = keyOfJobId(jobId);
    const node = left.get(key);
    if (node === undefined || jobId !== stageJobId(sweep, key)) return;
    const word = data as unknown as StageWord;
    if (word.type === "end") settle(key, word.result);
    else tell(node, word);
  });
  const onAbort = () => wake();
  signal.addEventListener("abort", onAbort);
  try {
    await unlessGone(events.waitUntilReady(), { redis, signal });
    await unlessGone(options.submit(), { redis, signal });
    let losses = 0;
    let close = performance.now() + CLOSE_LOOK_MS;
    while (left.size > 0 && !signal.aborted) {
      const isClose = performance.now() >= close;
      if (isClose) close = performance.now() + CLOSE_LOOK_MS;
      const looking = look(options, { left, settle, isClose });
      const hasLost = await unlessGone(looking, { redis, signal });
      if (left.size === 0 || signal.aborted) break;
      // First of all, for this tells why something is lost.
      await unlessGone(options.checkServer(), { redis, signal });
      losses = hasLost ? losses + 1 : 0;
      if (hasLost) {
        options.onLoss(losses);
        await unlessGone(options.submit(), { redis, signal });
      }
      if (left.size === 0 || signal.aborted) break;
      await unlessGone(options.onIdle(), { redis, signal });
      if (signal.aborted) break;
      await new Promise<void>((resolve) => {
        const wait = POLL_MS + POLL_MS_EACH * left.size;
        const timer = setTimeout(resolve, wait);
        wake = () => {
          clearTimeout(timer);
          resolve();
        };
      });
    }
  } finally {
    signal.removeEventListener("abort", onAbort);
    await hangUp(events, connection);
  }
}

/** Id of the queue's last event so far. */
async function newestEvent(queue: Queue, redis: Redis): Promise<string> {
  const key = queue.toKey("events");
  const [newest] = await redis.xrevrange(key, "+", "-", "COUNT", 1);
  return newest?.[0] ?? "0";
}

/** Asks the jobs themselves; gives whether the queue has lost some. */
async function look(
  { queue, sweep }: WatchOptions,
  { left, settle, isClose }: {
    readonly left: ReadonlyMap<string, StageNode>;
    settle(key: string, result: StageResult): void;
    /** Whether what seems to wait is asked where it does. */
    readonly isClose: boolean;
  },
): Promise<boolean> {
  let hasLost = false;
  const keys = [...left.keys()];
  for (let at = 0; at < keys.length; at += READ_AT_ONCE) {
    const some = keys.slice(at, at + READ_AT_ONCE);
    await Promise.all(some.map(async (key) => {
      const job: StageJob | undefined = await queue.getJob(
        stageJobId(sweep, key),
      );
      const result = job === undefined ? null : resultOf(job) ?? failureOf(job);
      if (job === undefined) hasLost = true;
      else if (result !== null) {
        settle(key, result);
        // Its worker may have died before it could.
        await release(queue, job);
      } else if (!isWhole(job) || isClose && await isLost(job)) hasLost = true;
      // What it waited for may be lost, with the word of whom to promote.
      else if (isClose && job.attemptsStarted === 0) {
        await releaseIfReady(queue, job);
      }
    }));
  }
  return hasLost;
}

/** A job that BullMQ gave up, with no word of a worker. */
function failureOf(job: StageJob): StageResult | null {
  if (
    !isWhole(job) || job.finishedOn === undefined ||
    job.failedReason === undefined
  ) {
    return null;
  }
  return {
    status: "failed",
    error: packError(new RunError(job.failedReason)),
  };
}
