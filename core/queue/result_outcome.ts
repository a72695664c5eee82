/**
 * What a job came to, as the outcome of its stage.
 *
 * @module
 */

import { attribute } from "../pipeline/execute/attribute.ts";
import type { ExecuteOptions } from "../pipeline/execute/executor.ts";
import { unpackError } from "../pipeline/execute/messages.ts";
import { MADE_MEANWHILE, outcomeOf } from "../pipeline/execute/outcomes.ts";
import type { StaleFinding } from "../pipeline/survey.ts";
import type { StageNode, StageOutcome } from "../pipeline/types.ts";
import type { StageResult } from "./job.ts";

/** The outcome of a node whose job has this result. */
export function outcomeOfResult(
  node: StageNode,
  { result, finding, options }: {
    readonly result: StageResult;
    readonly finding: StaleFinding;
    readonly options: Pick<ExecuteOptions, "store">;
  },
): StageOutcome {
  const { reason } = finding;
  const directory = options.store.directory({
    stage: node.stage.name,
    key: node.key,
  });
  switch (result.status) {
    case "done":
      return {
        ...outcomeOf(node, "done", reason),
        ms: result.ms,
        directory,
      };
    case "cached":
      return {
        ...outcomeOf(node, "cached", MADE_MEANWHILE),
        ms: result.ms,
        directory,
      };
    case "skipped":
      return outcomeOf(node, "skipped", result.reason);
    case "failed": {
      const error = attribute(unpackError(result.error), node);
      return { ...outcomeOf(node, "failed", reason), error };
    }
    case "damaged": {
      const error = new Error(
        `Cannot run ${node.title}: its input was damaged, again and again: ${result.problem}`,
      );
      return { ...outcomeOf(node, "failed", reason), error };
    }
  }
}
