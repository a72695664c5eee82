/**
 * Takes damaged artifacts out of a store of objects.
 *
 * @module
 */

import { randomUUID } from "node:crypto";
import type { ArtifactAddress } from "../store.ts";
import type { Manifests } from "./manifests.ts";
import type { Objects } from "./objects.ts";
import { filesPath, lockName, manifestPath, ROOMS } from "./paths.ts";

/** What is wrong with an artifact, and with which one of its address. */
export interface RemoteJudgement {
  /** Its manifest. */
  readonly text: string;
  readonly problem: string;
  /** Digests of the files that are bad. */
  readonly files: readonly string[];
}

/** Moves an artifact to quarantine, unless it is another one by now. */
export type Shelf = (
  address: ArtifactAddress,
  judgement: RemoteJudgement,
) => Promise<void>;

/**
 * The quarantine of a store. It takes the manifest, so that the artifact is not
 * there any more, and copies of the bad files; these are overwritten when the
 * artifact is made again, or are nobody's.
 */
export function remoteQuarantine(
  objects: Objects,
  manifests: Manifests,
): Shelf {
  return async (address, { text, files }) => {
    const digits = randomUUID().slice(0, 8);
    const shelf = `${ROOMS.quarantine}${lockName(address)}-${digits}/`;
    await objects.put(`${shelf}manifest.json`, text);
    await Promise.all(
      files.map((sha256) =>
        objects.copy(filesPath(address) + sha256, shelf + sha256)
      ),
    );
    const now = await objects.get(manifestPath(address));
    const isSame = now !== null && now !== "same" &&
      Buffer.from(now.bytes).toString("utf8") === text;
    if (isSame) await objects.remove([manifestPath(address)]);
    // Another process was quicker, or has replaced it.
    else await remove(objects, shelf);
    await manifests.forget(address);
  };
}

async function remove(objects: Objects, prefix: string): Promise<void> {
  const found = await objects.list(prefix);
  await objects.remove(found.map(({ path }) => path));
}
