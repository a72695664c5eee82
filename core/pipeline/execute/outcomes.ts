/**
 * Outcomes of stages, and what is known of them before anything runs.
 *
 * @module
 */

import type { ArtifactStore } from "../../store/store.ts";
import type { StageStatus } from "../status.ts";
import type { Finding } from "../survey.ts";
import type { PipelineEvent, Plan, StageNode, StageOutcome } from "../types.ts";
import type { ExecuteOptions } from "./executor.ts";

/** The reason of a stage that need not run after all. */
export const MADE_MEANWHILE = "made by another run meanwhile";

/** The outcomes that an executor has come to. */
export interface Outcomes {
  /** By key. */
  readonly outcomes: Map<string, StageOutcome>;
  readonly onEvent: (event: PipelineEvent) => void;
}

/** The outcome of a node, with nothing done yet. */
export function outcomeOf(
  { key, title, stage }: StageNode,
  status: StageStatus,
  reason: string,
): StageOutcome {
  return { key, name: stage.name, title, status, reason, ms: 0 };
}

/** Notes an outcome and tells of it; of a stage that stays cached, once. */
export function settle(
  node: StageNode,
  outcome: StageOutcome,
  { outcomes, onEvent }: Outcomes,
): StageOutcome {
  const isFirst = !outcomes.has(node.key);
  outcomes.set(node.key, outcome);
  if (isFirst || outcome.status !== "cached") {
    onEvent({ type: "end", node, outcome });
  }
  return outcome;
}

/** Settles what need not run; gives what those stages said when they ran. */
export function settleFindings(
  plan: Plan,
  options: Outcomes & Pick<ExecuteOptions, "findings" | "store">,
): string[] {
  const warnings: string[] = [];
  for (const [key, finding] of options.findings) {
    if (finding.status === "stale") continue;
    const node = plan.nodes.get(key)!;
    settle(node, outcomeOfFinding(node, finding, options.store), options);
    if (finding.status === "cached") warnings.push(...finding.warnings);
  }
  return warnings;
}

/** The outcome of a stage whose need came to `status` without a result. */
export function outcomeWithout(
  node: StageNode,
  needed: StageNode,
  status: StageStatus,
): StageOutcome {
  return status === "interrupted"
    ? outcomeOf(node, "interrupted", "interrupted")
    : outcomeOf(node, "skipped", reasonWithout(needed.title, status));
}

/** `needs train Mine(1,2), which failed`. */
export function reasonWithout(
  title: string,
  status: StageStatus,
): string {
  const what = status === "failed" ? "failed" : "was skipped";
  return `needs ${title}, which ${what}`;
}

function outcomeOfFinding(
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
