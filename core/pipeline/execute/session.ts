/** What a plan that runs on this machine has at hand. @module */

import type { Finding } from "../survey.ts";
import type { Plan, StageOutcome } from "../types.ts";
import type { ExecuteOptions } from "./executor.ts";
import type { WorkerPool } from "./worker_pool.ts";

/** What a running plan has at hand. */
export interface Session extends Omit<ExecuteOptions, "findings"> {
  readonly plan: Plan;
  readonly findings: Map<string, Finding>;
  readonly warnings: string[];
  /** Outcomes to come, by key. */
  readonly pending: Map<string, Promise<StageOutcome>>;
  readonly outcomes: Map<string, StageOutcome>;
  readonly pool: WorkerPool;
  /** Runs `work` when a worker is free. */
  enqueue<T>(work: () => Promise<T>): Promise<T>;
}
