/**
 * A failed import leaves nothing: what it had made by then is taken away.
 *
 * @module
 */

import { existsSync } from "node:fs";
import { readdir, rmdir } from "node:fs/promises";
import { dirname, join } from "node:path";
import type { Reference } from "../../store/admin.ts";
import { schemeOf } from "../../store/local_folder.ts";
import { referenceId } from "../../store/common/references.ts";
import type { ArtifactAddress, ArtifactStore } from "../../store/store.ts";

/** Folders that are not there yet, the outermost of each. */
export function missingFolders(
  folders: readonly string[],
): readonly string[] {
  return folders.filter((folder) => schemeOf(folder) === undefined)
    .filter((folder) => !existsSync(folder))
    .map((folder) => {
      let first = folder;
      while (!existsSync(dirname(first))) first = dirname(first);
      return first;
    });
}

/** Removes the folders in `folder`, and itself, as far as there is no file in them. */
export async function removeEmpty(folder: string): Promise<void> {
  const entries = await readdir(folder, { withFileTypes: true })
    .catch(() => []);
  for (const entry of entries) {
    if (entry.isDirectory()) await removeEmpty(join(folder, entry.name));
  }
  // Somebody else's may be in it by now.
  await rmdir(folder).catch(() => {});
}

/** Takes artifacts away again, but those that somebody else refers to by now. */
export async function takeBack(
  settled: readonly ArtifactAddress[],
  reference: Pick<Reference, "run" | "record">,
  { admin }: ArtifactStore,
): Promise<void> {
  if (settled.length === 0) return;
  const id = referenceId(reference);
  await admin.references.exclusively(async () => {
    let isKnown = true;
    const others = (await admin.references.list(() => isKnown = false))
      .filter((other) => other.id !== id && other.holds);
    // Nobody knows what a reference holds that cannot be read.
    if (!isKnown) return;
    const needed = new Set(
      others.flatMap(({ artifacts }) => artifacts.map(({ key }) => key)),
    );
    await admin.discard(settled.filter(({ key }) => !needed.has(key)), []);
  });
  await admin.emptyTrash();
}
