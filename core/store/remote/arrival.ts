/**
 * An artifact that comes from another store: written and checked on this
 * machine, then uploaded.
 *
 * @module
 */

import { join } from "node:path";
import type { Arrival } from "../care.ts";
import { writeStream } from "../../lib/files.ts";
import { checkArrived } from "../folder/arrival.ts";
import { createDraft } from "../folder/draft.ts";
import type { ArtifactAddress, ArtifactStore } from "../store.ts";
import { type InventoryOptions, takeInventory } from "./inventory.ts";
import { uploadArtifact } from "./upload.ts";

/** What {@link receiveRemote} works with. */
export interface RemoteArrivalOptions extends InventoryOptions {
  readonly cache: Pick<ArtifactStore, "location" | "directory">;
}

/** Starts to take an artifact in. */
export async function receiveRemote(
  address: ArtifactAddress,
  options: RemoteArrivalOptions,
): Promise<Arrival> {
  const { cache } = options;
  const draft = await createDraft({
    drafts: join(cache.location, ".drafts"),
    target: cache.directory(address),
    address,
  });
  const { directory, discard } = draft;
  const check = () => checkArrived(directory, address);
  return {
    address,
    discard,
    write: (path, content) => writeStream(join(directory, path), content),
    check,
    settle: async () => {
      // What is there and whole stays: something may be made of it already.
      const { artifacts: [found] } = await takeInventory(options, address);
      if (found === undefined || found.problem !== null) {
        const manifest = await check();
        await uploadArtifact(address, { ...options, directory, manifest });
        await draft.settle();
      }
      await discard();
    },
  };
}
