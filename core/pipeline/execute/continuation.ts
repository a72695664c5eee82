/**
 * Finished artifacts that a stage can go on from.
 *
 * @module
 */

import type {
  ArtifactAddress,
  ArtifactStore,
  StoredArtifact,
} from "../../store/store.ts";
import type { ContinuesFrom } from "../continues.ts";
import type { KeyFields, StageNode } from "../types.ts";

/** What the store has for a stage to go on from. */
export interface Continuation {
  readonly earlier: ArtifactAddress | null;
  /** `resumes from epoch 20`, or why not. */
  readonly words: readonly string[];
}

/** Where {@link findContinuation} looks. */
export interface ContinuationOptions {
  /** All of the stage. */
  readonly artifacts: readonly StoredArtifact[];
  readonly store: ArtifactStore;
}

const NONE: Continuation = { earlier: null, words: [] };

/**
 * The artifact that got furthest of those that differ from `node` only in the
 * options that its stage continues across.
 */
export async function findContinuation(
  node: StageNode,
  { artifacts, store }: ContinuationOptions,
): Promise<Continuation> {
  const { continues, name } = node.stage;
  if (continues === undefined) return NONE;
  const across = new Set(continues.across.map((option) => `option.${option}`));
  const found = artifacts
    .map(({ manifest }) => manifest)
    .filter(({ fields }) => differsOnlyIn(across, fields, node.fields))
    .flatMap((manifest) => {
      const from = continues.from(node.options, optionsOf(manifest.fields));
      return from === null ? [] : [{ manifest, from }];
    })
    .sort((a, b) => progressOf(b.from) - progressOf(a.from));
  for (const { manifest, from } of found) {
    if ("anew" in from) {
      const words = [`starts anew: ${from.anew}`];
      return { earlier: null, words };
    }
    const earlier = { stage: name, key: manifest.key };
    if ((await store.inspect(earlier)).status !== "hit") continue;
    return { earlier, words: [`resumes from ${from.after}`] };
  }
  return NONE;
}

function differsOnlyIn(
  names: ReadonlySet<string>,
  one: KeyFields,
  other: KeyFields,
): boolean {
  // Of hundreds of trials each is held against each: nothing is copied.
  for (const name in one) {
    if (one[name] !== other[name] && !names.has(name)) return false;
  }
  for (const name in other) {
    if (!(name in one) && !names.has(name)) return false;
  }
  return true;
}

/** The options that a key was made of. */
function optionsOf(fields: KeyFields): Readonly<Record<string, unknown>> {
  const prefix = "option.";
  return Object.fromEntries(
    Object.entries(fields)
      .filter(([name]) => name.startsWith(prefix))
      .map(([name, json]) => [name.slice(prefix.length), JSON.parse(json)]),
  );
}

function progressOf(from: ContinuesFrom): number {
  return "anew" in from ? -Infinity : from.done;
}
