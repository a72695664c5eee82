/**
 * Judges artifacts that other processes may replace meanwhile, and moves those
 * away that are damaged.
 *
 * @module
 */

import { rename, rm } from "node:fs/promises";
import { join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { codeOf } from "../../lib/files.ts";
import { shelvedName } from "../common/names.ts";
import { makeFolder } from "../../lib/make_folder.ts";
import { statOf } from "./artifact_files.ts";
import type { FolderPaths } from "./paths.ts";
import { explainRefusal } from "../../lib/refusal.ts";
import { storeSetting } from "../../lib/store_setting.ts";
import type { ArtifactAddress } from "../artifact.ts";

/** What is wrong with an artifact, and with which one of its address. */
interface Judgement {
  readonly problem: string;
  /** Tells it from another that was put in its place. */
  readonly identity: string;
}

/** An artifact that is replaced all the time is looked at so often. */
const LOOKS = 5;
const LOOK_MS = 20;
const NONE = "none";

/**
 * What `look` finds in `folder`, or the problem, a string, that it has with it.
 * It looks again where the artifact was replaced while it looked: half of one
 * and half of the other are no damage.
 */
export async function judge<T>(
  folder: string,
  look: () => Promise<T | string>,
): Promise<{ readonly found: T } | Judgement> {
  for (let looks = 1;; looks++) {
    const identity = identityOf(folder);
    const found = await look();
    if (typeof found !== "string") return { found };
    const isSame = identityOf(folder) === identity;
    // One that is not there may be about to be put in its place.
    if (isSame && identity !== NONE || looks === LOOKS) {
      return { problem: found, identity };
    }
    await delay(LOOK_MS);
  }
}

/**
 * Moves an artifact of the store to quarantine, if it still is
 * the one that was judged.
 *
 * @throws {UserError | RunError} Where it cannot be moved.
 */
export async function quarantine(
  paths: FolderPaths,
  address: ArtifactAddress,
  { problem, identity }: Judgement,
): Promise<void> {
  const { location } = paths;
  const folder = paths.artifact(address);
  const shelf = paths.room("quarantine");
  const shelved = join(shelf, shelvedName(address));
  try {
    await makeFolder(shelf);
    await rename(folder, shelved);
  } catch (error) {
    // Another process was quicker.
    if (codeOf(error) === "ENOENT") return;
    const what =
      `Cannot move the artifact of stage "${address.stage}", which is damaged (${problem}), to quarantine`;
    throw explainRefusal(error, {
      what,
      folder: location,
      elsewhere: storeSetting(location),
    });
  }
  if (identityOf(shelved) === identity) return;
  // Another process has replaced it in between; its own is not ours to judge.
  await rename(shelved, folder).catch(() =>
    rm(shelved, { recursive: true, force: true })
  );
}

function identityOf(folder: string): string {
  return String(statOf(folder)?.ino ?? NONE);
}
