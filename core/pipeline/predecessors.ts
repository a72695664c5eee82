/**
 * Which artifact of the past each stage of a plan would replace: the one that
 * is most like it.
 *
 * @module
 */

import type { StoredArtifact } from "../store/store.ts";
import type { KeyFields, Plan, StageNode } from "./types.ts";

/** What {@link findPredecessors} looks into. */
export interface Past {
  /** Keys of the plan that the store has. */
  readonly cached: ReadonlySet<string>;
  /** What the store has, by the stage's name. */
  readonly artifacts: ReadonlyMap<string, readonly StoredArtifact[]>;
}

/** The artifact that is most like a stage. */
export interface Predecessor {
  readonly artifact: StoredArtifact;
  /** Whether it is more like another stage of the plan, or belongs to one. */
  readonly isOthers: boolean;
}

/** How like two artifacts are; `isTaken`: it belongs to a stage of the plan. */
interface Match {
  readonly artifact: StoredArtifact;
  readonly score: number;
  readonly isTaken: boolean;
}

/** Who somebody is says more than an option. */
const WEIGHT = 4;
const IDENTITY = ["prior", "latentDim", "seed"];

/**
 * By key, for every stage that the store has not; without an entry where the
 * store has nothing of such a stage.
 */
export function findPredecessors(
  plan: Plan,
  past: Past,
): ReadonlyMap<string, Predecessor> {
  const matches = new Map<string, Match>();
  // Inputs come first: a stage whose input is another one now is compared by
  // what that input was before.
  for (const node of plan.nodes.values()) {
    if (past.cached.has(node.key)) continue;
    const match = bestMatch(
      node,
      past,
      (input) => matches.get(input)?.artifact.manifest.key,
    );
    if (match !== undefined) matches.set(node.key, match);
  }
  const claims = new Map<string, number>();
  for (const { artifact, score } of matches.values()) {
    const { key } = artifact.manifest;
    claims.set(key, Math.max(claims.get(key) ?? 0, score));
  }
  const given = new Set<string>();
  const predecessors = new Map<string, Predecessor>();
  for (const [key, { artifact, score, isTaken }] of matches) {
    const its = artifact.manifest.key;
    const isOthers = isTaken || given.has(its) || score < claims.get(its)!;
    if (!isOthers) given.add(its);
    predecessors.set(key, { artifact, isOthers });
  }
  return predecessors;
}

function bestMatch(
  node: StageNode,
  { cached, artifacts }: Past,
  before: (input: string) => string | undefined,
): Match | undefined {
  const names = Object.keys(node.fields);
  const wanted = names.map((name) => {
    const value = node.fields[name]!;
    const other = name.startsWith("needs.") ? before(value) : undefined;
    return { name, value, other: other ?? value, weight: weightOf(name) };
  });
  let best: Match | undefined;
  // Newest first: of equals, the first stays.
  for (const artifact of artifacts.get(node.stage.name) ?? []) {
    const fields: KeyFields = artifact.manifest.fields;
    let score = 0;
    for (const { name, value, other, weight } of wanted) {
      const its = fields[name];
      if (its === value || its === other) score += weight;
    }
    const isTaken = cached.has(artifact.manifest.key);
    if (
      best === undefined || score > best.score ||
      score === best.score && best.isTaken && !isTaken
    ) {
      best = { artifact, score, isTaken };
    }
  }
  return best;
}

function weightOf(name: string): number {
  return IDENTITY.includes(name) || name.startsWith("prior.option.")
    ? WEIGHT
    : 1;
}
