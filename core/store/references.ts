/**
 * What a reference is worth, wherever it is kept.
 *
 * @module
 */

import { hostname } from "node:os";
import type { Reference, StoredReference } from "./care.ts";
import { sha256 } from "../lib/files.ts";
import { FOREIGN_MS, judge, SILENT_MS } from "../lib/owner.ts";
import { lookForRecord } from "./record_place.ts";

/** One name for each run of each checkout. */
export function referenceId(
  { run, record }: Pick<Reference, "run" | "record">,
): string {
  return `${run}-${sha256(record).slice(0, 8)}`;
}

/**
 * A reference with what can be told of it from here.
 *
 * @throws {Error} where it is none.
 */
export function readReference(
  text: string,
  known: Pick<StoredReference, "id" | "used">,
): StoredReference {
  const reference = JSON.parse(text) as Partial<Reference> | null;
  const { run, record, host, artifacts, owner } = reference ?? {};
  const isWhole =
    [run, record, host].every((word) => typeof word === "string") &&
    Array.isArray(artifacts) && typeof owner === "object";
  if (!isWhole) throw new Error("it is no reference");
  return describe(reference as Reference, known);
}

function describe(
  reference: Reference,
  { id, used }: Pick<StoredReference, "id" | "used">,
): StoredReference {
  const working = isWorking(reference, used);
  const sight = reference.host === hostname()
    ? lookForRecord(reference)
    : "there";
  return {
    ...reference,
    id,
    used,
    holds: working || sight !== "gone",
    unseen: typeof sight === "string" || working ? null : sight.unseen,
    working,
  };
}

/** Whether its process lives; one that cannot be judged does while it gives signs of life. */
function isWorking({ owner, host }: Reference, used: number): boolean {
  if (owner === null) return false;
  const verdict = judge(owner);
  if (verdict !== "unknown") return verdict === "lives";
  // Another host may have another clock, and an earlier version was silent.
  const isNear = host === hostname() && owner.space !== undefined;
  return Date.now() - used < (isNear ? SILENT_MS : FOREIGN_MS);
}
