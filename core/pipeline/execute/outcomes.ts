/**
 * Outcomes of stages, and what is known of them before anything runs.
 *
 * @module
 */

import type { ArtifactStore } from "../../store/store.ts";
import { isMade, type StageStatus } from "../status.ts";
import type { Finding } from "../survey.ts";
import type { StageNode, StageOutcome } from "../types.ts";

/** The reason of a stage that need not run after all. */
export const MADE_MEANWHILE = "made by another run meanwhile";

/** The outcome of a node, with nothing done yet. */
export function outcomeOf(
  { key, title, stage }: StageNode,
  status: StageStatus,
  reason: string,
): StageOutcome {
  return { key, name: stage.name, title, status, reason, ms: 0 };
}

/** The outcome of a node that need not run. */
export function outcomeOfFinding(
  node: StageNode,
  finding: Exclude<Finding, { status: "stale" }>,
  store: ArtifactStore,
): StageOutcome {
  const found = outcomeOf(node, finding.status, finding.reason);
  return finding.status === "skipped" ? found : {
    ...found,
    ms: finding.ms,
    directory: store.directory({ stage: node.stage.name, key: node.key }),
  };
}

/** The outcome of a stage that needs one which came to nothing; null where that is there. */
export function outcomeWithout(
  node: StageNode,
  needed: StageOutcome,
): StageOutcome | null {
  const { title, status } = needed;
  if (isMade(needed)) return null;
  return status === "interrupted"
    ? outcomeOf(node, "interrupted", "interrupted")
    : outcomeOf(node, "skipped", reasonWithout(title, status));
}

/** `needs train Mine(1,2), which failed`. */
export function reasonWithout(
  title: string,
  status: StageStatus,
): string {
  const what = status === "failed" ? "failed" : "was skipped";
  return `needs ${title}, which ${what}`;
}
