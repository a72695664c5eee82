/**
 * Whether a service heeds conditions of a write. One that does not would give
 * the same lock to everybody.
 *
 * @module
 */

import { randomUUID } from "node:crypto";
import { UnfitStoreError } from "../unfit.ts";
import { type Objects, type PutOptions, RefusedError } from "./objects.ts";
import { ROOMS } from "./paths.ts";

/**
 * Tries both conditions, on an object of its own: each must let a write through
 * and hold one back.
 *
 * @throws {UnfitStoreError} where the service does otherwise, whatever it answers.
 */
export async function probe(objects: Objects): Promise<void> {
  const path = `${ROOMS.probes}${randomUUID()}`;
  const put = async (text: string, only: NonNullable<PutOptions["only"]>) => {
    const etag = await objects.put(path, text, { only });
    if (etag !== null) return etag;
    // Where the answer to a write was lost, the next try finds it done.
    const found = await objects.get(path);
    const isDone = found !== null && found !== "same" &&
      Buffer.from(found.bytes).toString() === text;
    return isDone ? found.etag : null;
  };
  const without = (header: string, does: string, cause?: unknown) =>
    new UnfitStoreError(
      `Cannot use the store "${objects.location}": its service ${does} ${header}, without which two machines would make the same artifact at once`,
      {
        hint: "Use a service with conditional writes, or a shared folder",
        cause,
      },
    );
  let header = "If-None-Match";
  try {
    const etag = await put("1", "new");
    if (etag === null) throw without(header, "refuses every write with");
    if (await put("2", "new") !== null) throw without(header, "ignores");
    header = "If-Match";
    if (await put("3", { etag: '"0"' }) !== null) {
      throw without(header, "ignores");
    }
    if (await put("4", { etag }) === null) {
      throw without(header, "refuses every write with");
    }
  } catch (error) {
    if (!(error instanceof RefusedError)) throw error;
    // The same without a condition tells whether it was the condition.
    await objects.put(path, "5");
    throw without(header, "does not know", error);
  } finally {
    // What the service thinks of the probe matters more.
    await objects.remove([path]).catch(() => {});
  }
}
