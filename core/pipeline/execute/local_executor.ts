/**
 * The executor of one machine: worker processes of this one, as many as are
 * asked for, with nothing to be set up.
 *
 * @module
 */

import { setTimeout as delay } from "node:timers/promises";
import type { Given } from "../provider.ts";
import type { StaleFinding } from "../survey.ts";
import type { Plan, StageNode, StageOutcome } from "../types.ts";
import type { Damage, ExecuteOptions, Executor } from "./executor.ts";
import { describeOwner } from "./make_artifact.ts";
import { outcomeWithout } from "./outcomes.ts";
import { settleResult } from "./result_outcome.ts";
import { runNode } from "./run_node.ts";
import type { Session } from "./session.ts";
import type { StageEnd } from "./stage_result.ts";
import { sendGiven } from "./task_of.ts";

/** Runs stages in worker processes of this machine. */
export const localExecutor: Executor = { name: "local", execute };

/** How often a lock that another process holds is tried. */
const LOCK_POLL_MS = 300;

async function execute(
  plan: Plan,
  options: ExecuteOptions,
): Promise<readonly Damage[]> {
  const { todo, signal, store } = options;
  await store.removeStale();
  if (todo.size === 0) return [];
  const { createWorkerPool } = await import("./worker_pool.ts");
  const { default: Queue } = await import("p-queue");
  const used = usedBy(plan);
  const pool = createWorkerPool(options.workers, {
    isNoise: (line) => used.some(({ provider }) => provider.isNoise?.(line)),
  });
  const abort = () => pool.abort();
  signal.addEventListener("abort", abort);
  try {
    const queue = new Queue({ concurrency: options.workers });
    const session: Session = {
      ...options,
      plan,
      pending: new Map(),
      damages: [],
      pool,
      enqueue: (work) => queue.add(work),
    };
    const nodes = [...todo.keys()].map((key) => plan.nodes.get(key)!);
    const slow = used.filter(({ provider }) => provider.isSlow);
    const { length } = nodes.filter(({ stage: { params } }) =>
      slow.some(({ provider }) => params.includes(provider.name))
    );
    // One is left for those that can begin at once.
    const ahead = Math.min(options.workers - 1, length);
    for (let i = 0; i < ahead; i++) pool.warm(slow.map(sendGiven));
    await Promise.all(nodes.map((node) => ensure(node, session)));
    return session.damages;
  } finally {
    signal.removeEventListener("abort", abort);
    await pool.close();
  }
}

/** What stages of a plan are given, each provider once. */
function usedBy({ nodes }: Plan): readonly Given[] {
  const given = [...nodes.values()].flatMap((node) => node.given);
  return [
    ...new Map(given.map((one) => [one.provider.name, one])).values(),
  ];
}

/** The outcome of a node, which is brought about once; null where a damaged input is lacking. */
function ensure(
  node: StageNode,
  session: Session,
): Promise<StageOutcome | null> {
  const { pending, todo, outcomes } = session;
  let promise = pending.get(node.key);
  if (promise === undefined) {
    const finding = todo.get(node.key);
    promise = finding === undefined
      ? Promise.resolve(outcomes.get(node.key)!)
      : bringAbout(node, finding, session);
    pending.set(node.key, promise);
  }
  return promise;
}

async function bringAbout(
  node: StageNode,
  finding: StaleFinding,
  session: Session,
): Promise<StageOutcome | null> {
  const { plan, settle } = session;
  for (const input of new Set(Object.values(node.inputs))) {
    const outcome = await ensure(plan.nodes.get(input)!, session);
    if (outcome === null) return null;
    const without = outcomeWithout(node, outcome);
    if (without === null) continue;
    settle(node, without);
    return without;
  }
  const { result } = await whenFree(node, finding, session);
  return settleResult(node, result, session);
}

/** Waits for a worker and for the lock; it never waits for the one with the other in hand. */
async function whenFree(
  node: StageNode,
  finding: StaleFinding,
  session: Session,
): Promise<StageEnd> {
  let announced = false;
  for (;;) {
    const step = await session.enqueue(() => runNode(node, finding, session));
    if (step.type !== "locked") return step;
    if (!announced) {
      announced = true;
      const message = `Waiting for ${
        describeOwner(step.owner)
      }, which makes ${node.title}`;
      session.onEvent({ type: "warn", node, message });
    }
    // Where it is aborted, the next try says so.
    await delay(LOCK_POLL_MS, undefined, { signal: session.signal }).catch(
      () => {},
    );
  }
}
