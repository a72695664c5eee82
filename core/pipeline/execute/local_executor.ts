/**
 * The executor of one machine: worker processes of this one, as many as are
 * asked for, with nothing to be set up.
 *
 * @module
 */

import { setTimeout as delay } from "node:timers/promises";
import { plural } from "../../lib/count.ts";
import {
  damageReason,
  damageWarning,
  type Finding,
  type StaleFinding,
} from "../survey.ts";
import type { Given } from "../provider.ts";
import { isMade } from "../status.ts";
import type { Plan, StageNode, StageOutcome } from "../types.ts";
import type { ExecuteOptions, Execution, Executor } from "./executor.ts";
import { describeOwner } from "./make_artifact.ts";
import {
  outcomeOf,
  outcomeWithout,
  settle,
  settleFindings,
} from "./outcomes.ts";
import { runNode } from "./run_node.ts";
import type { Session } from "./session.ts";
import { sendGiven } from "./task_of.ts";

/** Runs stages in worker processes of this machine. */
export const localExecutor: Executor = { name: "local", execute };

/** How often a lock that another process holds is tried. */
const LOCK_POLL_MS = 300;
/** Damaged inputs are made anew so often for one stage. */
const MAX_REPAIRS = 3;

async function execute(
  plan: Plan,
  options: ExecuteOptions,
): Promise<Execution> {
  const { findings, signal, store } = options;
  const idle = [...findings.values()].every(({ status }) => status !== "stale");
  const outcomes = new Map<string, StageOutcome>();
  const execution = {
    ...options,
    plan,
    findings: new Map(findings),
    warnings: settleFindings(plan, { ...options, outcomes }),
    pending: new Map<string, Promise<StageOutcome>>(),
    outcomes,
  };
  await store.removeStale();
  if (idle) return execution;
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
    const session = {
      ...execution,
      pool,
      enqueue: <T>(work: () => Promise<T>) => queue.add(work),
    };
    const slow = used.filter(({ provider }) => provider.isSlow);
    const { length } = nodesThatUse(plan, findings, slow);
    // One is left for those that can begin at once.
    const ahead = Math.min(options.workers - 1, length);
    for (let i = 0; i < ahead; i++) pool.warm(slow.map(sendGiven));
    await Promise.all(
      [...plan.nodes.values()].map((node) => ensure(node, session)),
    );
  } finally {
    signal.removeEventListener("abort", abort);
    await pool.close();
  }
  return execution;
}

/** What stages of a plan are given, each provider once. */
function usedBy({ nodes }: Plan): readonly Given[] {
  const given = [...nodes.values()].flatMap((node) => node.given);
  return [
    ...new Map(given.map((one) => [one.provider.name, one])).values(),
  ];
}

/** The stages that are to run and use one of `given`. */
function nodesThatUse(
  plan: Plan,
  findings: ReadonlyMap<string, Finding>,
  given: readonly Given[],
): readonly StageNode[] {
  return [...plan.nodes.values()].filter(({ key, stage }) =>
    findings.get(key)?.status === "stale" &&
    given.some(({ provider }) => stage.params.includes(provider.name))
  );
}

/** The outcome of a node, which is brought about once. */
function ensure(node: StageNode, session: Session): Promise<StageOutcome> {
  let promise = session.pending.get(node.key);
  if (promise === undefined) {
    promise = bringAbout(node, session).then((outcome) =>
      settle(node, outcome, session)
    );
    session.pending.set(node.key, promise);
  }
  return promise;
}

async function bringAbout(
  node: StageNode,
  session: Session,
): Promise<StageOutcome> {
  const finding = session.findings.get(node.key)!;
  const { plan } = session;
  if (finding.status !== "stale") return session.outcomes.get(node.key)!;
  const inputs = [...new Set(Object.values(node.inputs))].map((key) =>
    plan.nodes.get(key)!
  );
  for (let repairs = 0;; repairs++) {
    const pending = new Map(
      inputs.map((input) => [input.key, ensure(input, session)]),
    );
    for (const [key, promise] of pending) {
      const outcome = await promise;
      if (isMade(outcome)) continue;
      return outcomeWithout(node, plan.nodes.get(key)!, outcome.status);
    }
    const step = await whenFree(node, finding, session);
    if (step.type === "outcome") return step.outcome;
    if (repairs === MAX_REPAIRS) {
      const error = new Error(
        `Cannot run ${node.title}: its input was damaged ${
          plural(repairs + 1, "time")
        }`,
      );
      return { ...outcomeOf(node, "failed", finding.reason), error };
    }
    repair(step, pending, session);
  }
}

/** Waits for a worker and for the lock; it never waits for the one with the other in hand. */
async function whenFree(
  node: StageNode,
  finding: StaleFinding,
  session: Session,
) {
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

/** Lets the stage whose artifact was damaged run again, once for all who need it. */
function repair(
  damage: { readonly key: string; readonly problem: string },
  pending: ReadonlyMap<string, Promise<StageOutcome>>,
  session: Session,
): void {
  const { key, problem } = damage;
  if (session.pending.get(key) !== pending.get(key)) return;
  session.pending.delete(key);
  session.findings.set(key, {
    status: "stale",
    reason: damageReason(problem),
    forced: false,
  });
  session.warnings.push(damageWarning(session.plan.nodes.get(key)!, problem));
}
