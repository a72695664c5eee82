/**
 * How a try at a stage ended, as the stage's outcome.
 *
 * @module
 */

import { isMade } from "../status.ts";
import type { StageNode, StageOutcome } from "../types.ts";
import { attribute } from "./attribute.ts";
import type { Damage, ExecuteOptions } from "./executor.ts";
import { MADE_MEANWHILE, outcomeOf } from "./outcomes.ts";
import type { StageResult } from "./stage_result.ts";
import { unpackError } from "./wire_error.ts";

/** What {@link settleResult} works with. */
export interface SettleOptions
  extends Pick<ExecuteOptions, "todo" | "store" | "settle"> {
  readonly damages: Damage[];
}

/**
 * Settles a node by how its try ended, and gives its outcome; null where an
 * input was damaged, which is noted.
 */
export function settleResult(
  node: StageNode,
  result: StageResult,
  options: SettleOptions,
): StageOutcome | null {
  if (result.status === "damaged") {
    const { address: { key }, problem } = result;
    options.damages.push({ key, problem, reader: node.key });
    return null;
  }
  const outcome = outcomeOfResult(node, result, options);
  options.settle(node, outcome, isMade(result) ? result.warnings : []);
  return outcome;
}

function outcomeOfResult(
  node: StageNode,
  result: Exclude<StageResult, { readonly status: "damaged" }>,
  { todo, store }: SettleOptions,
): StageOutcome {
  const { status } = result;
  const { reason } = todo.get(node.key)!;
  switch (status) {
    case "done":
    case "cached":
      return {
        ...outcomeOf(node, status, status === "done" ? reason : MADE_MEANWHILE),
        ms: result.ms,
        directory: store.directory({ stage: node.stage.name, key: node.key }),
      };
    case "skipped":
      return outcomeOf(node, status, result.reason);
    case "interrupted":
      return outcomeOf(node, status, status);
    case "failed": {
      const error = attribute(unpackError(result.error), node);
      return { ...outcomeOf(node, status, reason), error };
    }
  }
}
