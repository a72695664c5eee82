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
import { RunError } from "../errors.ts";
import { packError } from "../pipeline/execute/messages.ts";
import { describeOwner } from "../pipeline/execute/make_artifact.ts";
import type { PipelineEvent, StageNode } from "../pipeline/types.ts";
import {
  resultOf,
  type StageJob,
  type StageResult,
  type StageWord,
} from "./job.ts";
import { hangUp, unlessGone } from "./leave.ts";
import { formatWorker, keyOfJobId, stageJobId } from "./names.ts";
import { release } from "./release.ts";

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
  /** Puts what is not in the queue into it: at first, and what it has lost. */
  readonly submit: () => Promise<void>;
}

/** Between looks at the jobs themselves; for each of them a little more. */
const POLL_MS = 2000;
const POLL_MS_EACH = 2;
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
    if (word.type === "settled") settle(key, word.result);
    else tell(node, word);
  });
  const onAbort = () => wake();
  signal.addEventListener("abort", onAbort);
  try {
    await unlessGone(events.waitUntilReady(), { redis, signal });
    await unlessGone(options.submit(), { redis, signal });
    while (left.size > 0 && !signal.aborted) {
      await unlessGone(look(options, left, settle), { redis, signal });
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

/** Asks the jobs themselves. */
async function look(
  { queue, sweep, submit }: WatchOptions,
  left: ReadonlyMap<string, StageNode>,
  settle: (key: string, result: StageResult) => void,
): Promise<void> {
  let isLost = false;
  const keys = [...left.keys()];
  for (let at = 0; at < keys.length; at += READ_AT_ONCE) {
    const some = keys.slice(at, at + READ_AT_ONCE);
    await Promise.all(some.map(async (key) => {
      const job: StageJob | undefined = await queue.getJob(
        stageJobId(sweep, key),
      );
      if (job === undefined) isLost = true;
      else {
        const result = resultOf(job) ?? failureOf(job);
        if (result === null) return;
        settle(key, result);
        // Its worker may have died before it could.
        await release(queue, job);
      }
    }));
  }
  if (isLost) await submit();
}

/** A job that BullMQ gave up, with no word of a worker. */
function failureOf(job: StageJob): StageResult | null {
  if (job.finishedOn === undefined || job.failedReason === undefined) {
    return null;
  }
  return {
    status: "failed",
    error: packError(new RunError(job.failedReason)),
  };
}

/** Turns words into events; a stage starts once. */
function listener({ onEvent, reasonOf }: WatchOptions) {
  const started = new Set<string>();
  const refusals = new Set<string>();
  const start = (node: StageNode) => {
    if (started.has(node.key)) return;
    started.add(node.key);
    onEvent({ type: "start", node, reason: reasonOf(node.key) });
  };
  const warn = (node: StageNode, message: string) =>
    onEvent({ type: "warn", node, message });
  const tell = (
    node: StageNode,
    word: Exclude<StageWord, { type: "settled" }>,
  ) => {
    switch (word.type) {
      case "start":
        start(node);
        break;
      case "progress":
      case "log":
      case "warn":
      case "note":
        // Its start may have been before this process looked.
        start(node);
        onEvent({ ...word, node });
        break;
      case "locked":
        onEvent({
          type: "note",
          node,
          message: `waits for ${describeOwner(word.owner)}`,
        });
        break;
      case "refused": {
        const worker = formatWorker(word.worker);
        if (refusals.has(worker + word.why)) break;
        refusals.add(worker + word.why);
        warn(node, `Worker ${worker} does not take ${node.title}: ${word.why}`);
        break;
      }
      case "again":
        warn(node, `${node.title} is tried again: ${word.message}`);
    }
  };
  return { start, tell };
}
