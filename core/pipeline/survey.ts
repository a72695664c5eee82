/**
 * What the store has of a plan, and why the rest would run.
 *
 * @module
 */

import { UserError } from "../errors.ts";
import {
  type ArtifactAddress,
  type ArtifactStore,
  openStore,
} from "../store/store.ts";
import { findContinuation } from "./continuation.ts";
import { explainMiss } from "./explain.ts";
import { storeDirectory } from "./plan.ts";
import { type SelectionOptions, selectStages } from "./selection.ts";
import type { Plan, StageNode } from "./types.ts";

/** What would become of one stage. */
export type Finding =
  | {
    /** It is in the store. */
    readonly status: "cached";
    readonly reason: string;
    /** Time it took when it ran. */
    readonly ms: number;
    /** What it said when it ran. */
    readonly warnings: readonly string[];
  }
  | {
    readonly status: "run";
    readonly reason: string;
    /** Even if the store has it by then. */
    readonly forced: boolean;
    /** A finished artifact that it goes on from, if any. */
    readonly earlier?: ArtifactAddress;
  }
  | {
    /** It is not in the store, and was not asked for. */
    readonly status: "skipped";
    readonly reason: string;
  };

/** What {@link surveyPlan} found. */
export interface Survey {
  /** By key, for every node of the plan. */
  readonly findings: ReadonlyMap<string, Finding>;
  /** Artifacts that were damaged. */
  readonly warnings: readonly string[];
}

/** Options of {@link surveyPlan}. */
export interface SurveyOptions extends SelectionOptions {
  /** Default: the store in the config's output folder. */
  readonly store?: ArtifactStore;
}

/**
 * Looks up every stage of a plan; runs nothing. Damaged artifacts are moved to
 * quarantine, as by a run.
 *
 * @throws {UserError} Where the selection makes no sense, or `only` asks for a
 * stage whose needs are not in the store.
 */
export async function surveyPlan(
  plan: Plan,
  options: SurveyOptions = {},
): Promise<Survey> {
  const store = options.store ?? openStore(storeDirectory(plan.config));
  const selection = selectStages(plan, options);
  const warnings: string[] = [];
  const current = new Set(plan.nodes.keys());
  const lookUp = async (node: StageNode): Promise<Finding> => {
    const { name } = node.stage;
    const found = await store.inspect({ stage: name, key: node.key });
    if (found.status === "damaged") {
      warnings.push(damageWarning(node, found.problem));
    }
    if (selection.forced.has(name)) {
      return { status: "run", reason: "forced", forced: true };
    }
    if (found.status === "hit") {
      const { ms, warnings } = found.manifest;
      return { status: "cached", reason: "unchanged", ms, warnings };
    }
    if (!selection.wanted.has(name)) {
      return { status: "skipped", reason: "not asked for" };
    }
    const { earlier, like, words } = await findContinuation(node, store);
    const run = (...reasons: readonly string[]): Finding => ({
      status: "run",
      reason: [...reasons, ...words].join(", "),
      forced: false,
      ...(earlier === null ? {} : { earlier }),
    });
    if (found.status === "damaged") return run(damageReason(found.problem));
    const nearest = like ?? await store.nearest(name, node.fields, current);
    // Most like a stage that the plan still has: it is one more, not another.
    const before = nearest === null || current.has(nearest.key)
      ? null
      : nearest.fields;
    return run(explainMiss(node, before, plan.config.baseDirectory));
  };
  const findings = new Map(
    await Promise.all(
      [...plan.nodes].map(async ([key, node]) =>
        [key, await lookUp(node)] as const
      ),
    ),
  );
  if (options.only !== undefined) checkInputs(plan, findings);
  return { findings, warnings };
}

/** The reason of a stage whose artifact was damaged. */
export function damageReason(problem: string): string {
  return `damaged: ${problem}, quarantined`;
}

/** What the person is told of a damaged artifact. */
export function damageWarning(node: StageNode, problem: string): string {
  return `The stored result of ${node.title} was damaged and is in quarantine: ${problem}`;
}

/** With `--only`, a stage to be run finds its needs in the store or not at all. */
function checkInputs(plan: Plan, findings: ReadonlyMap<string, Finding>): void {
  for (const [key, finding] of findings) {
    if (finding.status !== "run") continue;
    const node = plan.nodes.get(key)!;
    for (const [artifact, input] of Object.entries(node.inputs)) {
      if (findings.get(input)?.status === "cached") continue;
      const giver = plan.nodes.get(input)!;
      throw new UserError(
        `Cannot run only "${node.stage.name}": ${node.title} needs "${artifact}" of ${giver.title}, which is not in the store`,
        { hint: `Run with --to ${giver.stage.name} first` },
      );
    }
  }
}
