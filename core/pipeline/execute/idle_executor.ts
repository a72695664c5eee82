/**
 * The executor that runs nothing: for a report of what is there.
 *
 * @module
 */

import type { StageOutcome } from "../types.ts";
import type { Executor } from "./executor.ts";
import { outcomeOf, settle, settleFindings } from "./outcomes.ts";

/** Leaves what is to run to others; what it would take is `interrupted`. */
export const idleExecutor: Executor = {
  name: "none",
  execute: (plan, options) => {
    const outcomes = new Map<string, StageOutcome>();
    const warnings = settleFindings(plan, { ...options, outcomes });
    for (const [key, { status }] of options.findings) {
      if (status !== "stale") continue;
      const node = plan.nodes.get(key)!;
      const outcome = outcomeOf(node, "interrupted", "not there yet");
      settle(node, outcome, { ...options, outcomes });
    }
    return Promise.resolve({ outcomes, warnings });
  },
};
