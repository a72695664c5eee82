/** The command `inspect`. @module */

import { join } from "node:path";
import type { KeptArtifact } from "../../store/admin.ts";
import type { OpenPlaces } from "../_places.ts";
import { type Command, EXIT } from "../command.ts";
import { jsonFlag, placeFlags, readText } from "../flags.ts";

/** Shows a run or an artifact; exit 1 where that is damaged. */
export const inspect: Command = {
  name: "inspect",
  description: "Show a run: config, figures, stages; or an artifact by its key",
  words: [{
    name: "name",
    isRequired: false,
    description:
      "a run, by its name or the beginning of it, by path, or latest; or the beginning of a key",
    values: "artifact",
  }],
  flags: [...placeFlags, jsonFlag],
  examples: ["inspect", "inspect default-1a2b", "inspect 6a0fc4ce --json"],
  run: async (flags, terminal) => {
    const { openPlaces } = await import("../_places.ts");
    const name = readText(flags, "name") ?? "latest";
    const places = await openPlaces(flags);
    const { outputDirectory, store } = places;
    const artifact = await artifactOf(name, places);
    if (artifact !== null) {
      const users = await store.admin.references.list();
      const { artifactJson, describeArtifact } = await import(
        "../_artifact.ts"
      );
      if (flags.json === true) {
        terminal.out(JSON.stringify(artifactJson(artifact, users, store)));
      } else {
        for (const line of describeArtifact(artifact, users, store)) {
          terminal.out(line);
        }
      }
      return artifact.problem === null ? EXIT.done : EXIT.failed;
    }
    const { findRun } = await import("../../runs/find_runs.ts");
    const { describeRun } = await import("../_run.ts");
    const run = await findRun(name, outputDirectory, store);
    if (flags.json === true) terminal.out(JSON.stringify(run.record));
    else for (const line of await describeRun(run, store)) terminal.out(line);
    return EXIT.done;
  },
};

/** The artifact that `name` means, unless a run is called so. */
async function artifactOf(
  name: string,
  { outputDirectory, store }: OpenPlaces,
): Promise<KeptArtifact | null> {
  const { findArtifact, looksLikeKey } = await import(
    "../../runs/find_artifact.ts"
  );
  if (!looksLikeKey(name)) return null;
  const { runFolders } = await import("../../runs/find_runs.ts");
  const ids = await runFolders(join(outputDirectory, "runs"));
  if (ids.some((id) => id.startsWith(name))) return null;
  return await findArtifact(name, store);
}
