/**
 * References, one small file each: which run, of which checkout, needs which
 * artifacts. A store that several checkouts share knows from them what the
 * others need.
 *
 * @module
 */

import { hostname } from "node:os";
import { ExplainedError, messageOf } from "../../lib/errors.ts";
import type {
  Reference,
  References,
  StoredReference,
  UnreadableReference,
} from "../admin.ts";
import type { StoreBackend } from "../backend.ts";
import { sha256 } from "../../lib/files.ts";
import { FOREIGN_MS, judge, SILENT_MS } from "../../lib/owner.ts";
import { lookForRecord } from "../record_place.ts";
import { withLock } from "../../lib/wait_for_lock.ts";

/** Name of their lock. */
const LOCK = "references";
const JSON_FILE = /\.json$/;

/** One name for each run of each checkout. */
export function referenceId(
  { run, record }: Pick<Reference, "run" | "record">,
): string {
  return `${run}-${sha256(record).slice(0, 8)}`;
}

/** The references of a store. */
export function storeReferences(backend: StoreBackend): References {
  const { references: files, explained, pollMs } = backend;
  const nameOf = (reference: Pick<Reference, "run" | "record">) =>
    `${referenceId(reference)}.json`;
  const exclusively = <T>(work: () => Promise<T>) =>
    withLock(() => backend.tryLock(LOCK), pollMs, work);

  async function read(
    { name, modified: used }: { readonly name: string; modified: number },
  ): Promise<StoredReference | null> {
    const text = await files.read(name);
    if (text === null) return null;
    return readReference(text, { id: name.replace(JSON_FILE, ""), used });
  }

  return {
    exclusively,
    list: async (tell = () => {}) => {
      const listed = await orTell(() => files.list(), files.place(), tell);
      const found = await Promise.all(
        (listed ?? []).filter(({ name }) => JSON_FILE.test(name)).map((file) =>
          orTell(() => read(file), files.place(file.name), tell)
        ),
      );
      return found.filter((reference) => reference !== null);
    },
    put: (reference) =>
      explained("write to", () => {
        const text = JSON.stringify(reference, null, 2);
        return exclusively(() => files.write(nameOf(reference), text));
      }),
    has: (reference) => files.has(nameOf(reference)),
    touch: (reference) =>
      // It is for the order of removal alone; a shared store may be read-only.
      files.touch(nameOf(reference)).catch(() => {}),
    remove: (ids) => files.remove(ids.map((id) => `${id}.json`)),
  };
}

/** What `work` gives; null where that cannot be read, of which `tell` hears. */
async function orTell<T>(
  work: () => Promise<T>,
  place: string,
  tell: (unreadable: UnreadableReference) => void,
): Promise<T | null> {
  try {
    return await work();
  } catch (error) {
    // A service that does not answer is another thing.
    if (error instanceof ExplainedError) throw error;
    tell({ place, problem: messageOf(error) });
    return null;
  }
}

/**
 * A reference with what can be told of it from here.
 *
 * @throws {Error} where it is none.
 */
function readReference(
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
