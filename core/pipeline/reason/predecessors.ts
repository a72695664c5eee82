/**
 * Which artifact of the past each stage of a plan would replace: the one that
 * is most like it.
 *
 * @module
 */

import type { StoredArtifact } from "../../store/store.ts";
import { isAxis } from "../provider.ts";
import type { Plan, StageNode } from "../types.ts";

/** What {@link findPredecessors} looks into. */
export interface Past {
  /** Keys of the plan that the store has. */
  readonly cached: ReadonlySet<string>;
  /** What the store has, by the stage's name. */
  readonly artifacts: ReadonlyMap<string, readonly StoredArtifact[]>;
  /** By a stage's key the key of the artifact that it goes on from: of equals, that one. */
  readonly preferred?: ReadonlyMap<string, string | undefined>;
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

/**
 * By key, for every stage that the store has not; without an entry where the
 * store has nothing of such a stage.
 */
export function findPredecessors(
  plan: Plan,
  past: Past,
): ReadonlyMap<string, Predecessor> {
  const matches = new Map<string, Match>();
  const shelves = new Map(
    [...past.artifacts].map(([stage, artifacts]) =>
      [stage, shelve(artifacts, past.cached)] as const
    ),
  );
  // Inputs come first: a stage whose input is another one now is compared by
  // what that input was before.
  for (const node of plan.nodes.values()) {
    const shelf = shelves.get(node.stage.name);
    if (past.cached.has(node.key) || shelf === undefined) continue;
    const match = bestMatch(node, shelf, {
      preferred: past.preferred?.get(node.key),
      before: (input) => matches.get(input)?.artifact.manifest.key,
    });
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

/** Artifacts of a stage, made quick to compare: numbers for values. */
interface Shelf {
  readonly items: readonly {
    readonly artifact: StoredArtifact;
    readonly isTaken: boolean;
    readonly values: Uint32Array;
  }[];
  /** Place of each field in `values`. */
  readonly places: ReadonlyMap<string, number>;
  /** Value to number; 0 is none of them. */
  readonly numbers: ReadonlyMap<string, number>;
}

function shelve(
  artifacts: readonly StoredArtifact[],
  cached: ReadonlySet<string>,
): Shelf {
  const places = new Map<string, number>();
  const numbers = new Map<string, number>();
  for (const { manifest } of artifacts) {
    for (const [name, value] of Object.entries(manifest.fields)) {
      if (!places.has(name)) places.set(name, places.size);
      if (!numbers.has(value)) numbers.set(value, numbers.size + 1);
    }
  }
  const items = artifacts.map((artifact) => {
    const { key, fields } = artifact.manifest;
    const values = new Uint32Array(places.size);
    for (const [name, value] of Object.entries(fields)) {
      values[places.get(name)!] = numbers.get(value)!;
    }
    return { artifact, isTaken: cached.has(key), values };
  });
  return { items, places, numbers };
}

interface MatchOptions {
  /** What the input of this key was before. */
  before(input: string): string | undefined;
  readonly preferred: string | undefined;
}

function bestMatch(
  node: StageNode,
  { items, places, numbers }: Shelf,
  { before, preferred }: MatchOptions,
): Match | undefined {
  const weightOf = weigher(node);
  const wanted = Object.entries(node.fields).flatMap(([name, value]) => {
    const place = places.get(name);
    const other = name.startsWith("needs.") ? before(value) : undefined;
    // What no artifact has is like none.
    const number = numbers.get(value) ?? NaN;
    const otherNumber = numbers.get(other ?? value) ?? NaN;
    return place === undefined
      ? []
      : [{ place, number, otherNumber, weight: weightOf(name) }];
  });
  let best: Match | undefined;
  // Newest first: of equals, the first stays.
  for (const { artifact, isTaken, values } of items) {
    let score = 0;
    for (const { place, number, otherNumber, weight } of wanted) {
      const its = values[place];
      if (its === number || its === otherNumber) score += weight;
    }
    if (
      best === undefined || score > best.score ||
      score === best.score &&
        (best.isTaken && !isTaken || artifact.manifest.key === preferred)
    ) {
      best = { artifact, score, isTaken };
    }
  }
  return best;
}

/** The values of the axes, and the options of those that are plugins, count more. */
function weigher({ given }: StageNode): (field: string) => number {
  const axes = given.filter(({ provider }) => isAxis(provider))
    .map(({ provider }) => provider.name);
  return (field) =>
    axes.some((name) => field === name || field.startsWith(`${name}.option.`))
      ? WEIGHT
      : 1;
}
