/**
 * The executor of several machines: a sweep in a BullMQ queue, whose workers
 * run anywhere and share the store.
 *
 * @module
 */

import { Queue } from "bullmq";
import type { Redis } from "ioredis";
import { plural } from "../lib/count.ts";
import type {
  Damage,
  ExecuteOptions,
  Executor,
} from "../pipeline/execute/executor.ts";
import { outcomeOf } from "../pipeline/execute/outcomes.ts";
import { settleResult } from "../pipeline/execute/result_outcome.ts";
import type { StaleFinding } from "../pipeline/survey.ts";
import type { Plan } from "../pipeline/types.ts";
import { connect } from "./connection.ts";
import { checkServer, explainRefusal } from "./memory.ts";
import { DEFAULT_PRIORITY, type QueuePlace } from "./place.ts";
import { queueName, sweepId } from "./names.ts";
import { unlessGone } from "./leave.ts";
import { clearSweep, submitSweep } from "./sweep.ts";
import { lonely, losses } from "./hints.ts";
import { watchSweep } from "./watch.ts";

/** Options of {@link bullmqExecutor}. */
export interface BullmqOptions {
  readonly place: QueuePlace;
  /** Of several sweeps the one with the lower number goes first; default {@link DEFAULT_PRIORITY}. */
  readonly priority?: number;
  /** Puts the stages into the queue, and leaves them to it. */
  readonly detach?: boolean;
  /** A line for the person. */
  readonly onNotice: (line: string) => void;
}

/**
 * Runs stages in the workers of a queue. When it is interrupted, the sweep goes
 * on without it; to execute the same plan again is to attach to it.
 */
export function bullmqExecutor(options: BullmqOptions): Executor {
  return {
    name: "bullmq",
    execute: (plan, execute) => sweep(plan, execute, options),
  };
}

async function sweep(
  plan: Plan,
  options: ExecuteOptions,
  { place, priority = DEFAULT_PRIORITY, detach = false, onNotice }:
    BullmqOptions,
): Promise<readonly Damage[]> {
  const { store, settle, signal } = options;
  await store.removeStale();
  if (options.todo.size === 0) return [];
  const redis = await connect(place);
  const server = { redis, url: place.url };
  const name = queueName(place, plan.shared.engine.name);
  await checkServer(server, name).catch((error) => {
    redis.disconnect();
    throw error;
  });
  const queue = new Queue(name, { connection: redis });
  queue.on("error", () => {});
  const todo = new Map(options.todo);
  const round = { plan, redis, queue, options, priority, onNotice, place };
  try {
    let damages: readonly Damage[] = [];
    if (detach) await unlessGone(submit(todo, round), { redis, signal });
    else damages = await follow(todo, round);
    for (const key of todo.keys()) {
      const node = plan.nodes.get(key)!;
      settle(node, outcomeOf(node, "interrupted", "left to the queue"));
    }
    if (todo.size === 0 && damages.length === 0) {
      await clearSweep(queue, sweepId(plan, store));
    }
    return damages;
  } catch (error) {
    throw await explainRefusal(error, server);
  } finally {
    await queue.close();
    redis.disconnect();
  }
}

interface Round {
  readonly plan: Plan;
  readonly place: QueuePlace;
  readonly redis: Redis;
  readonly queue: Queue;
  readonly options: ExecuteOptions;
  readonly priority: number;
  readonly onNotice: (line: string) => void;
}

/** Puts into the queue what is not in it yet. */
async function submit(
  nodes: ReadonlyMap<string, StaleFinding>,
  { plan, redis, queue, options, priority, onNotice }: Round,
): Promise<void> {
  const { store, signal } = options;
  const sweep = { plan, nodes, store, priority, signal };
  const there = await submitSweep(queue, redis, sweep);
  if (there === 0) return;
  onNotice(
    `${there} of ${plural(nodes.size, "stage")} ${
      there === 1 ? "is" : "are"
    } in the queue already`,
  );
}

/** Submits what is to run and follows it; what has ended is taken out of `todo`. */
async function follow(
  todo: Map<string, StaleFinding>,
  round: Round,
): Promise<readonly Damage[]> {
  const { plan, place, redis, queue, options } = round;
  const { store, signal, onEvent } = options;
  const damages: Damage[] = [];
  const skipped: (() => void)[] = [];
  await watchSweep({
    queue,
    redis,
    sweep: sweepId(plan, store),
    nodes: new Map([...todo.keys()].map((key) => [key, plan.nodes.get(key)!])),
    reasonOf: (key) => options.todo.get(key)!.reason,
    signal,
    onEvent,
    onResult: (node, result) => {
      todo.delete(node.key);
      const end = () => settleResult(node, result, { ...options, damages });
      if (result.status === "skipped") skipped.push(end);
      else end();
    },
    onIdle: lonely(round),
    checkServer: () => checkServer({ redis, url: place.url }, queue.name),
    submit: () => submit(todo, round),
    onLoss: losses(round),
  });
  // With damage, it may be that which they wait for.
  if (damages.length === 0) { for (const end of skipped) end(); }
  return damages;
}
