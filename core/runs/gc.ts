/**
 * Removes from a store what nobody needs.
 *
 * An artifact stays while a run refers to it: one whose process lives, or one
 * whose record is still where it was, in whichever checkout, or may be there: a
 * record that cannot be looked for is not a record that is gone. A run says so in
 * the store before it looks anything up, and while it is decided and removed
 * here no run can say so: one that begins meanwhile waits a moment, and finds
 * what is left.
 *
 * @module
 */

import { explainRefusal } from "../lib/refusal.ts";
import { storeSetting } from "../lib/store_setting.ts";
import type { ArtifactStore } from "../store/store.ts";
import {
  findGarbage,
  type Garbage,
  type GarbageLimits,
  isBusy,
  ORPHAN_REASONS,
} from "./garbage.ts";
import { unknownNeeds, usageOf } from "./usage.ts";

/** Options of {@link collectGarbage}. */
export interface GcOptions extends GarbageLimits {
  /** Folder of outputs whose runs count, beside those that refer to the store. */
  readonly outputs: string;
  /** Decides, and removes nothing. */
  readonly dry?: boolean;
}

/** Something that went, or would go. */
interface Removal {
  /** Stage of an artifact, or the kind of an orphan. */
  readonly what: string;
  /** Its path within the store. */
  readonly path: string;
  readonly bytes: number;
  readonly why: string;
}

/** What {@link collectGarbage} did, or would do. */
export interface GcResult {
  readonly removed: readonly Removal[];
  /** Of all that went. */
  readonly bytes: number;
  /** Artifacts that stay. */
  readonly kept: { readonly count: number; readonly bytes: number };
  /** How many of them a live process needs. */
  readonly busy: number;
  /** What the store does not know, and leaves alone. */
  readonly unknown: readonly string[];
  /** Runs whose records cannot be looked for, so that what they need stays, but for what limits take. */
  readonly unseen: readonly UnseenRun[];
}

/** A run that may be gone or not: nobody can tell from here. */
interface UnseenRun {
  readonly run: string;
  /** Path of its record. */
  readonly record: string;
  readonly why: string;
  /** Artifacts of it that go, or would go, by the limits. */
  readonly going: number;
}

/**
 * Removes what nobody needs; frees its space before it returns.
 *
 * @throws {UserError} where it cannot be told what somebody needs.
 */
export async function collectGarbage(
  store: ArtifactStore,
  options: GcOptions,
): Promise<GcResult> {
  const planned = await decide(store, options);
  const idle = planned.result.removed.length === 0 &&
    planned.voidReferences.length === 0;
  if (options.dry === true || idle) return planned.result;
  try {
    // Puts back what a dead process had moved out of its way.
    await store.removeStale();
    return await remove(store, options);
  } catch (error) {
    const what = "Cannot remove from the store";
    throw explainRefusal(error, {
      what,
      folder: store.location,
      elsewhere: storeSetting(store.location),
    });
  }
}

async function remove(
  store: ArtifactStore,
  options: GcOptions,
): Promise<GcResult> {
  const { admin } = store;
  const result = await admin.references.exclusively(async () => {
    const { garbage, voidReferences, result } = await decide(store, options);
    await admin.discard(
      garbage.artifacts.map(({ artifact }) => artifact.address),
      garbage.orphans,
    );
    await admin.references.remove(voidReferences);
    return result;
  });
  await admin.emptyTrash();
  return result;
}

interface Decision {
  readonly garbage: Garbage;
  readonly voidReferences: readonly string[];
  readonly result: GcResult;
}

async function decide(
  store: ArtifactStore,
  { outputs, ...limits }: GcOptions,
): Promise<Decision> {
  const { admin } = store;
  const references = await admin.references.list((unreadable) => {
    throw unknownNeeds(store, unreadable);
  });
  const usage = await usageOf(store, references, outputs);
  const artifacts = await admin.list();
  const orphans = await admin.orphans();
  const garbage = findGarbage({ artifacts, orphans, usage }, limits);
  const going = new Set(garbage.artifacts.map(({ artifact }) => artifact));
  const gone = new Set([...going].map(({ address }) => address.key));
  const staying = artifacts.filter((artifact) => !going.has(artifact));
  const removed = [
    ...garbage.artifacts.map(({ artifact: { address, bytes }, why }) => ({
      what: address.stage,
      path: `${address.stage}/${address.key}`,
      bytes,
      why,
    })),
    ...garbage.orphans.map(({ kind, path, bytes }) => ({
      what: kind,
      path,
      bytes,
      why: ORPHAN_REASONS[kind],
    })),
  ];
  return {
    garbage,
    voidReferences: references.filter(({ holds }) => !holds)
      .map(({ id }) => id),
    result: {
      removed,
      bytes: sum(removed),
      kept: { count: staying.length, bytes: sum(staying) },
      busy: staying.filter((artifact) => isBusy(artifact, usage)).length,
      unknown: orphans.filter(({ kind }) => kind === "unknown")
        .map(({ path }) => path),
      unseen: references.flatMap(({ run, record, artifacts, unseen: why }) => {
        if (why === null) return [];
        const going = artifacts.filter(({ key }) => gone.has(key)).length;
        return [{ run, record, why, going }];
      }),
    },
  };
}

function sum(items: readonly { readonly bytes: number }[]): number {
  return items.reduce((total, { bytes }) => total + bytes, 0);
}
