/**
 * What the store has of a plan, and why the rest would run.
 *
 * @module
 */

import { UserError } from "../lib/errors.ts";
import { openStore } from "../store/open.ts";
import type {
  ArtifactAddress,
  ArtifactManifest,
  ArtifactStore,
  Inspection,
} from "../store/store.ts";
import type { Explanation } from "./reason/explain.ts";
import { type Background, lookBack } from "./reason/look_back.ts";
import {
  NOT_ASKED,
  type Selection,
  type SelectionOptions,
  selectStages,
} from "./selection.ts";
import type { Plan, StageNode } from "./types.ts";

/** What would become of one stage; its status is a {@link CacheStatus}. */
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
    readonly status: "stale";
    readonly reason: string;
    /** Even if the store has it by then. */
    readonly forced: boolean;
    /** A finished artifact that it goes on from, if any. */
    readonly earlier?: ArtifactAddress;
    /** Its own artifact of before, or the one that is most like it; null: nothing is. */
    readonly last?: LastArtifact | null;
    /** What differs; not there where it is forced or was damaged. */
    readonly explanation?: Explanation;
  }
  | {
    /** It is not in the store, and was not asked for. */
    readonly status: "skipped";
    readonly reason: string;
    readonly explanation?: Explanation;
  };

/** What is known of an artifact's making. */
type LastArtifact = Pick<
  ArtifactManifest,
  "key" | "ms" | "fields" | "engine"
>;

/** Of a stage that is to run. */
export type StaleFinding = Finding & { readonly status: "stale" };

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
  const store = options.store ?? await openStore(plan.config.storeDirectory);
  const selection = selectStages(plan, options);
  const inspections = await inspect(plan, store);
  const backgrounds = await lookBack(plan, inspections, store);
  const warnings: string[] = [];
  const findings = new Map<string, Finding>();
  for (const [key, node] of plan.nodes) {
    const found = inspections.get(key)!;
    const background = backgrounds.get(key);
    if (found.status === "damaged") {
      warnings.push(damageWarning(node, found.problem));
    }
    findings.set(key, findingOf(node, { found, background, selection }));
  }
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

async function inspect(
  plan: Plan,
  store: ArtifactStore,
): Promise<ReadonlyMap<string, Inspection>> {
  return new Map(
    await Promise.all(
      [...plan.nodes].map(async ([key, { stage }]) =>
        [key, await store.inspect({ stage: stage.name, key })] as const
      ),
    ),
  );
}

interface Found {
  readonly found: Inspection;
  /** Not there where the store has it. */
  readonly background: Background | undefined;
  readonly selection: Selection;
}

function findingOf(
  node: StageNode,
  { found, background, selection }: Found,
): Finding {
  const explanation = background?.explanation;
  const because = explanation === undefined ? {} : { explanation };
  const nearest = explanation?.nearest?.manifest;
  const isHit = found.status === "hit";
  const last = isHit ? found.manifest : nearest ?? null;
  if (selection.forced.has(node.key)) {
    return { status: "stale", reason: "forced", forced: true, last };
  }
  if (isHit) {
    const { ms, warnings } = found.manifest;
    return { status: "cached", reason: "unchanged", ms, warnings };
  }
  if (!selection.wanted.has(node.key)) {
    return { status: "skipped", reason: NOT_ASKED, ...because };
  }
  const { earlier, words } = background!.continuation;
  const reason = found.status === "damaged"
    ? damageReason(found.problem)
    : explanation!.short;
  return {
    status: "stale",
    reason: [reason, ...words].join(", "),
    forced: false,
    ...(earlier === null ? {} : { earlier }),
    last,
    ...because,
  };
}

/** With `--only`, a stage to be run finds its needs in the store or not at all. */
function checkInputs(plan: Plan, findings: ReadonlyMap<string, Finding>): void {
  for (const [key, finding] of findings) {
    if (finding.status !== "stale") continue;
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
