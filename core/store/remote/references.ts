/**
 * References in a store of objects, one small object each.
 *
 * @module
 */

import { messageOf } from "../../lib/errors.ts";
import type {
  Reference,
  References,
  StoredReference,
  UnreadableReference,
} from "../care.ts";
import { readReference, referenceId } from "../references.ts";
import type { RemoteLocks } from "./lock.ts";
import type { ListedObject, Objects } from "./objects.ts";
import { ROOMS } from "./paths.ts";
import { withLock } from "../wait_for_lock.ts";

const LOCK = "references";
/** How often the lock is tried. */
const POLL_MS = 300;

/** The references of a store. */
export function remoteReferences(
  objects: Objects,
  locks: RemoteLocks,
): References {
  const pathOf = (reference: Pick<Reference, "run" | "record">) =>
    `${ROOMS.references}${referenceId(reference)}.json`;
  const exclusively = <T>(work: () => Promise<T>) =>
    withLock(() => locks.tryLock(LOCK), POLL_MS, work);
  return {
    exclusively,
    list: async (tell = () => {}) => {
      const found = await objects.list(ROOMS.references);
      const references = await Promise.all(
        found.map(({ path, modified }) =>
          read({ path, modified }, objects, tell)
        ),
      );
      return references.filter((reference) => reference !== null);
    },
    put: async (reference) => {
      const text = JSON.stringify(reference, null, 2);
      await exclusively(() => objects.put(pathOf(reference), text));
    },
    has: async (reference) => await objects.get(pathOf(reference)) !== null,
    touch: async (reference) => {
      // It is for the order of removal alone; a shared store may be read-only.
      try {
        const found = await objects.get(pathOf(reference));
        if (found === null || found === "same") return;
        const { bytes, etag } = found;
        await objects.put(pathOf(reference), bytes, { only: { etag } });
      } catch {
        return;
      }
    },
    remove: (ids) =>
      objects.remove(ids.map((id) => `${ROOMS.references}${id}.json`)),
  };
}

async function read(
  { path, modified: used }: Pick<ListedObject, "path" | "modified">,
  objects: Objects,
  tell: (unreadable: UnreadableReference) => void,
): Promise<StoredReference | null> {
  const found = await objects.get(path);
  if (found === null || found === "same") return null;
  try {
    const text = Buffer.from(found.bytes).toString("utf8");
    const id = path.slice(ROOMS.references.length).replace(/\.json$/, "");
    return readReference(text, { id, used });
  } catch (error) {
    const place = `${objects.location}/${path}`;
    tell({ place, problem: messageOf(error) });
    return null;
  }
}
