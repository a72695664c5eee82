/** What a plan that runs on this machine has at hand. @module */

import type { Plan, StageOutcome } from "../types.ts";
import type { Damage, ExecuteOptions } from "./executor.ts";
import type { WorkerPool } from "./worker_pool.ts";

/** What a running plan has at hand. */
export interface Session extends ExecuteOptions {
  readonly plan: Plan;
  /** Outcomes to come, by key; null of what lacks a damaged input. */
  readonly pending: Map<string, Promise<StageOutcome | null>>;
  readonly damages: Damage[];
  readonly pool: WorkerPool;
  /** Runs `work` when a worker is free. */
  enqueue<T>(work: () => Promise<T>): Promise<T>;
}
