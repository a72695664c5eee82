/**
 * What a reference is worth, wherever it is kept.
 *
 * @module
 */

import { existsSync, readdirSync } from "node:fs";
import { hostname } from "node:os";
import { basename, dirname } from "node:path";
import type { Reference, StoredReference } from "./care.ts";
import { sha256 } from "./files.ts";
import { FOREIGN_MS, isAlive } from "./owner.ts";

/** One name for each run of each checkout. */
export function referenceId(
  { run, record }: Pick<Reference, "run" | "record">,
): string {
  return `${run}-${sha256(record).slice(0, 8)}`;
}

/**
 * A reference with what can be told of it from this host. Another host's
 * process is taken to live for a week.
 */
export function describeReference(
  reference: Reference,
  { id, used }: Pick<StoredReference, "id" | "used">,
): StoredReference {
  const { owner, host } = reference;
  const isHeard = host === hostname() || Date.now() - used < FOREIGN_MS;
  const working = owner !== null && isAlive(owner) && isHeard;
  return {
    ...reference,
    id,
    used,
    holds: working || host !== hostname() ||
      existsSync(reference.record) || isBeingReplaced(reference.record),
    working,
  };
}

/** A report is replaced by two renames, between which it is not there. */
function isBeingReplaced(record: string): boolean {
  const folder = dirname(record);
  const drafts = [`.${basename(folder)}~`, `.${basename(folder)}.old~`];
  return existsSync(dirname(folder)) &&
    readdirSync(dirname(folder)).some((name) =>
      drafts.some((draft) => name.startsWith(draft))
    );
}
