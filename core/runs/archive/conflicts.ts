/**
 * Paths that cannot be next to each other in every file system: macOS and
 * Windows take names of other case for the same, macOS those that spell a
 * letter and its accent apart, and Windows those that end in dots or spaces.
 * What came second would be written over what came first.
 *
 * @module
 */

import { UserError } from "../../lib/errors.ts";

/**
 * Compares all paths and their folders with each other.
 *
 * @throws {UserError} beginning with `action`, where one is a file and a folder,
 * or where two are one in some file system.
 */
export function refuseConflicts(
  paths: readonly string[],
  action: string,
  hint: string,
): void {
  const spelled = new Map<string, string>();
  const files = new Map(paths.map((path) => [alike(path), path]));
  for (const path of paths) {
    for (const place of [path, ...foldersOf(path)]) {
      const name = alike(place);
      const other = spelled.get(name) ?? place;
      spelled.set(name, other);
      if (other !== place) {
        throw new UserError(
          `${action}: its entries ${JSON.stringify(other)} and ${
            JSON.stringify(place)
          } are one where case, accents, or dots at the end make no difference`,
          { hint },
        );
      }
      const file = place === path ? undefined : files.get(name);
      if (file === undefined) continue;
      throw new UserError(
        `${action}: its entry "${file}" is a file, and the folder of "${path}"`,
        { hint },
      );
    }
  }
}

function foldersOf(path: string): readonly string[] {
  const parts = path.split("/");
  return parts.slice(1).map((_, i) => parts.slice(0, i + 1).join("/"));
}

/** The same for all names that a file system may take for one. */
function alike(path: string): string {
  return path.split("/").map((part) => part.replace(/[. ]+$/, "")).join("/")
    .normalize("NFD").toLowerCase().toUpperCase().normalize("NFC");
}
