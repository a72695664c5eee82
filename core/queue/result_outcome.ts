/**
 * What a job came to, as the outcome of its stage.
 *
 * @module
 */

import { attribute } from "../pipeline/execute/attribute.ts";
import { unpackError } from "../pipeline/execute/messages.ts";
import { MADE_MEANWHILE, outcomeOf } from "../pipeline/execute/outcomes.ts";
import type { StaleFinding } from "../pipeline/survey.ts";
import type { StageNode, StageOutcome } from "../pipeline/types.ts";
import type { ArtifactStore } from "../store/store.ts";
import type { StageResult } from "./job.ts";

/** The outcome of a node whose job has this result. */
export function outcomeOfResult(
  node: StageNode,
  { result, finding, store }: {
    readonly result: Exclude<StageResult, { status: "damaged" }>;
    readonly finding: StaleFinding;
    readonly store: ArtifactStore;
  },
): StageOutcome {
  const { reason } = finding;
  const directory = store.directory({
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
  }
}
