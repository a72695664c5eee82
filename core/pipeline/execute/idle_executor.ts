/**
 * The executor that runs nothing: for a report of what is there.
 *
 * @module
 */

import type { Executor } from "./executor.ts";
import { outcomeOf } from "./outcomes.ts";

/** Leaves what is to run to others; what it would take is `interrupted`. */
export const idleExecutor: Executor = {
  name: "none",
  execute: (plan, { todo, settle }) => {
    for (const key of todo.keys()) {
      const node = plan.nodes.get(key)!;
      settle(node, outcomeOf(node, "interrupted", "not there yet"));
    }
    return Promise.resolve([]);
  },
};
