/**
 * Takes damaged artifacts out of a store of objects.
 *
 * @module
 */

import type { ArtifactAddress } from "../artifact.ts";
import { shelvedName } from "../common/names.ts";
import type { Manifests } from "./manifests.ts";
import type { Objects } from "./objects.ts";
import { filesPath, manifestPath, ROOMS } from "./paths.ts";

/** What is wrong with an artifact, and with which one of its address. */
interface RemoteJudgement {
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
    const shelf = `${ROOMS.quarantine}${shelvedName(address)}/`;
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
