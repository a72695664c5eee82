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
  ExecuteOptions,
  Execution,
  Executor,
} from "../pipeline/execute/executor.ts";
import {
  outcomeOf,
  settle,
  settleFindings,
} from "../pipeline/execute/outcomes.ts";
import {
  damageReason,
  damageWarning,
  type StaleFinding,
} from "../pipeline/survey.ts";
import { isMade } from "../pipeline/status.ts";
import type { Plan, StageOutcome } from "../pipeline/types.ts";
import { connect } from "./connection.ts";
import { checkServer, explainRefusal } from "./memory.ts";
import { DEFAULT_PRIORITY, type QueuePlace } from "./place.ts";
import type { StageResult } from "./job.ts";
import { queueName, sweepId } from "./names.ts";
import { unlessGone } from "./leave.ts";
import { outcomeOfResult } from "./result_outcome.ts";
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

/** Damaged inputs are made anew so often. */
const MAX_REPAIRS = 3;

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
): Promise<Execution> {
  const { findings, store } = options;
  const outcomes = new Map<string, StageOutcome>();
  const warnings = settleFindings(plan, { ...options, outcomes });
  const todo = new Map<string, StaleFinding>();
  for (const [key, finding] of findings) {
    if (finding.status === "stale") todo.set(key, finding);
  }
  await store.removeStale();
  if (todo.size === 0) return { outcomes, warnings };
  const redis = await connect(place);
  const server = { redis, url: place.url };
  const name = queueName(place, plan.shared.engine.name);
  await checkServer(server, name).catch((error) => {
    redis.disconnect();
    throw error;
  });
  const queue = new Queue(name, { connection: redis });
  queue.on("error", () => {});
  const end = (key: string, result: StageResult) => {
    const node = plan.nodes.get(key)!;
    const finding = todo.get(key)!;
    todo.delete(key);
    const outcome = outcomeOfResult(node, { result, finding, options });
    settle(node, outcome, { ...options, outcomes });
    if (isMade(result)) warnings.push(...result.warnings);
  };
  try {
    const round = { plan, redis, queue, options, priority, onNotice, place };
    if (detach) {
      await unlessGone(submit(todo, round), { redis, signal: options.signal });
    }
    for (let repairs = 0; todo.size > 0 && !detach; repairs++) {
      const lacking = await runRound(todo, { ...round, end });
      const damaged = repairs === MAX_REPAIRS ? [] : damagedIn(lacking);
      // What was skipped for it is tried again as well.
      if (damaged.length === 0) {
        for (const [key, result] of lacking) end(key, result);
        break;
      }
      for (const { address: { key }, problem } of damaged) {
        const reason = damageReason(problem);
        todo.set(key, { status: "stale", reason, forced: false });
        warnings.push(damageWarning(plan.nodes.get(key)!, problem));
      }
    }
    for (const key of todo.keys()) {
      const node = plan.nodes.get(key)!;
      const outcome = outcomeOf(node, "interrupted", "left to the queue");
      settle(node, outcome, { ...options, outcomes });
    }
    if (todo.size === 0) await clearSweep(queue, sweepId(plan, store));
    return { outcomes, warnings };
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

/**
 * Submits what is to run and follows it; gives what did not run because of
 * something else.
 */
async function runRound(
  todo: ReadonlyMap<string, StaleFinding>,
  round: Round & {
    /** A stage has come to its outcome. */
    readonly end: (key: string, result: StageResult) => void;
  },
): Promise<ReadonlyMap<string, StageResult>> {
  const { plan, place, redis, queue, options } = round;
  const { store, signal, onEvent } = options;
  const nodes = new Map(
    [...todo.keys()].map((key) => [key, plan.nodes.get(key)!]),
  );
  const reasons = new Map([...todo].map(([key, { reason }]) => [key, reason]));
  const lacking = new Map<string, StageResult>();
  await watchSweep({
    queue,
    redis,
    sweep: sweepId(plan, store),
    nodes,
    reasonOf: (key) => reasons.get(key)!,
    signal,
    onEvent,
    onResult: ({ key }, result) => {
      if (result.status === "damaged" || result.status === "skipped") {
        lacking.set(key, result);
      } else round.end(key, result);
    },
    onIdle: lonely(round),
    checkServer: () => checkServer({ redis, url: place.url }, queue.name),
    submit: () =>
      submit(new Map([...todo].filter(([key]) => !lacking.has(key))), round),
    onLoss: losses(round),
  });
  return lacking;
}

/** The inputs that were damaged, each once. */
function damagedIn(
  results: ReadonlyMap<string, StageResult>,
): readonly (StageResult & { readonly status: "damaged" })[] {
  const found = [...results.values()].flatMap((result) =>
    result.status === "damaged" ? [[result.address.key, result] as const] : []
  );
  return [...new Map(found).values()];
}
