/**
 * Why stages have to run: field by field, down to what somebody changed.
 *
 * @module
 */

import type { ArtifactManifest, StoredArtifact } from "../../store/store.ts";
import { type FieldChange, fieldChanges } from "./field_changes.ts";
import {
  findPredecessors,
  type Past,
  type Predecessor,
} from "./predecessors.ts";
import { isPlugin } from "../provider.ts";
import { isRenamed, type SourceLookup, sourceLookup } from "./source_lookup.ts";
import type { SourceDigester } from "../source/digest.ts";
import type { SourceHistory } from "../source/history.ts";
import type { KeyFields, Plan, StageNode } from "../types.ts";

/** One thing that is not as it was, at the stage where that matters first. */
export interface Change extends FieldChange {
  /** Name of that stage. */
  readonly stage: string;
  /** Whether it is another stage than the one that is explained. */
  readonly isUpstream: boolean;
}

/** Why a stage has to run. */
export interface Explanation {
  /** There is no artifact like it, or only such as belong to other stages of the plan. */
  readonly isNew: boolean;
  /** Complete; its own first, then those that reach it through its needs. */
  readonly changes: readonly Change[];
  /** The artifact that is most like it. */
  readonly nearest: StoredArtifact | null;
  /** In a few words, of {@link shortReason}. */
  readonly short: string;
}

/** What {@link explainPlan} looks into. */
export interface ExplainOptions extends Past {
  readonly history: SourceHistory;
  readonly digester: SourceDigester;
}

/** Why each stage has to run that the store has not, by key. */
export async function explainPlan(
  plan: Plan,
  options: ExplainOptions,
): Promise<ReadonlyMap<string, Explanation>> {
  const predecessors = findPredecessors(plan, options);
  const explainer: Explainer = {
    ...options,
    plan,
    predecessors,
    sources: sourceLookup(plan.config.baseDirectory, options),
    byKey: new Map(
      [...options.artifacts.values()].flat()
        .map(({ manifest }) => [manifest.key, manifest]),
    ),
    known: new Map(),
  };
  const explanations = new Map<string, Explanation>();
  for (const node of plan.nodes.values()) {
    if (options.cached.has(node.key)) continue;
    explanations.set(node.key, await explainNode(node, explainer));
  }
  return explanations;
}

/**
 * Changes in a few words: `train.epochs 20 -> 30`, or, where none is the
 * stage's own, `train changed`. Of more than three the rest is counted.
 */
export function shortReason(changes: readonly Change[]): string {
  const own = changes.filter(({ isUpstream }) => !isUpstream);
  if (own.length === 0) {
    const stages = [...new Set(changes.map(({ stage }) => stage))];
    return `${stages.join(", ")} changed`;
  }
  const rest = own.length - NAMED;
  return own.slice(0, NAMED).map(({ text }) => text).join(", ") +
    (rest > 0 ? ` and ${rest} more` : "");
}

const NEW = { isNew: true, changes: [], short: "new" } as const;
/** Differences that a short reason names. */
const NAMED = 3;

interface Explainer extends ExplainOptions {
  readonly plan: Plan;
  readonly predecessors: ReadonlyMap<string, Predecessor>;
  readonly sources: SourceLookup;
  readonly byKey: ReadonlyMap<string, ArtifactManifest>;
  /** Changes by the two keys. */
  readonly known: Map<string, Promise<readonly Change[]>>;
}

async function explainNode(
  node: StageNode,
  explainer: Explainer,
): Promise<Explanation> {
  const found = explainer.predecessors.get(node.key);
  if (found === undefined) return { ...NEW, nearest: null };
  const { artifact: nearest, isOthers } = found;
  const { manifest } = nearest;
  const keys = { before: manifest.fields, after: node.fields };
  const isAnother = node.given.filter(isPlugin).some((given) => {
    const { name } = given.provider;
    return keys.before[name] !== keys.after[name] &&
      !isRenamed(given, keys, explainer);
  });
  if (isOthers || isAnother) return { ...NEW, nearest };
  const changes = await changesSince(node, manifest, explainer);
  return { isNew: false, changes, nearest, short: shortReason(changes) };
}

/** What is different since `manifest` was made. */
function changesSince(
  node: StageNode,
  manifest: ArtifactManifest,
  explainer: Explainer,
): Promise<readonly Change[]> {
  const id = `${node.key} ${manifest.key}`;
  let found = explainer.known.get(id);
  if (found === undefined) {
    found = compare(node, manifest.fields, explainer);
    explainer.known.set(id, found);
  }
  return found;
}

async function compare(
  node: StageNode,
  before: KeyFields,
  explainer: Explainer,
): Promise<readonly Change[]> {
  const own: Change[] = [];
  const upstream: Change[] = [];
  const at = { stage: node.stage.name, isUpstream: false };
  for (const change of fieldChanges(before, node.fields, node.given)) {
    const { field } = change;
    if (field.startsWith("needs.")) {
      upstream.push(...await changesOfInput(node, change, explainer));
    } else if (field.endsWith(".source") && !field.startsWith("input.")) {
      const changes = await explainer.sources.describe(node, change);
      own.push(...changes.map((one) => ({ ...one, ...at })));
    } else own.push({ ...change, ...at });
  }
  return unique([...own, ...upstream]);
}

/** What is different in what gives an input, since it gave the one before. */
async function changesOfInput(
  node: StageNode,
  change: FieldChange,
  explainer: Explainer,
): Promise<readonly Change[]> {
  const { plan, byKey } = explainer;
  const giver = plan.nodes.get(change.after ?? "");
  const before = byKey.get(change.before ?? "");
  if (giver === undefined || before?.stage !== giver.stage.name) {
    const text = giver === undefined || before !== undefined ||
        change.before === null
      ? change.text
      : `${change.text}: the one before is no longer in the store`;
    return [{ ...change, text, stage: node.stage.name, isUpstream: false }];
  }
  const changes = await changesSince(giver, before, explainer);
  return changes.map((one) => ({ ...one, isUpstream: true }));
}

/**
 * What several stages have in common is named once, at the first of them: a
 * file of their sources, the seed, the engine.
 */
function unique(changes: readonly Change[]): readonly Change[] {
  const seen = new Set<string>();
  return changes.filter(({ stage, field, text }) => {
    const id = /^(?:input|needs)\./.test(field)
      ? `${stage} ${text}`
      : field.endsWith(".source")
      ? text.replace(/^.*?: (?:helper )?/, "")
      : text;
    if (seen.has(id)) return false;
    seen.add(id);
    return true;
  });
}
