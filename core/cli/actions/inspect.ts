/**
 * `inspect`: a run, or one artifact of the store.
 *
 * @module
 */

import { findArtifact, looksLikeKey } from "../../runs/find_artifact.ts";
import { findRun, runFolders } from "../../runs/find_runs.ts";
import { findPlaces, type FoundPlaces } from "../../runs/places.ts";
import type { KeptArtifact } from "../../store/admin.ts";
import { openStore } from "../../store/open.ts";
import type { ArtifactStore } from "../../store/store.ts";
import { EXIT, type Flags, type Terminal } from "../command.ts";
import { readText } from "../flags.ts";
import { artifactJson, describeArtifact } from "./_artifact.ts";
import { describeRun } from "./_run.ts";
import { join } from "node:path";

/**
 * Prints what is known of a run or of an artifact.
 *
 * @throws {UserError} where there is no such thing, or more than one.
 */
export async function runInspect(
  flags: Flags,
  terminal: Terminal,
): Promise<number> {
  const name = readText(flags, "name") ?? "latest";
  const places = await findPlaces(readText(flags, "config"));
  const store = await openStore(places.storeDirectory);
  const artifact = await artifactOf(name, places, store);
  if (artifact !== null) {
    const users = await store.admin.references.list();
    if (flags.json === true) {
      terminal.out(JSON.stringify(artifactJson(artifact, users, store)));
    } else {
      for (const line of describeArtifact(artifact, users, store)) {
        terminal.out(line);
      }
    }
    return artifact.problem === null ? EXIT.done : EXIT.failed;
  }
  const run = await findRun(name, places.outputDirectory, store);
  if (flags.json === true) terminal.out(JSON.stringify(run.record));
  else for (const line of await describeRun(run, store)) terminal.out(line);
  return EXIT.done;
}

/** The artifact that `name` means, unless a run is called so. */
async function artifactOf(
  name: string,
  { outputDirectory }: FoundPlaces,
  store: ArtifactStore,
): Promise<KeptArtifact | null> {
  if (!looksLikeKey(name)) return null;
  const ids = await runFolders(join(outputDirectory, "runs"));
  if (ids.some((id) => id.startsWith(name))) return null;
  return await findArtifact(name, store);
}
