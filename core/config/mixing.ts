/**
 * Folders that what is written would be mixed into with what is not ours: the
 * root of the file system, the home folder, the project's own, and those around
 * them.
 *
 * Any other folder will do, whatever it holds: outputs may be shared.
 *
 * @module
 */

import { dirname } from "node:path";
import { UserError } from "../lib/errors.ts";
import { homeFolder } from "../lib/home.mjs";
import { contains, real } from "./results_folder.ts";

/** Who asks for the folder, and where. */
export interface MixingPlace {
  /** What could not be done, and with what: `Cannot convert to ".."`. */
  readonly what: string;
  /** The project's folder; null where there is none. */
  readonly project: string | null;
  /** How another folder is named. */
  readonly hint: string;
  /** Whether sources are written, which belong in a project. */
  readonly isSource?: boolean;
}

/**
 * Refuses such a folder; `folder` is absolute and need not be there.
 *
 * @throws {UserError} saying which one it is.
 */
export function refuseMixing(
  folder: string,
  { what, project, hint, isSource = false }: MixingPlace,
): void {
  const found = nameOf(real(folder), { project, isSource });
  if (found === null) return;
  throw new UserError(
    `${what}: it is ${found}, want ${
      isSource ? "the project's folder, or one in it" : "a folder for results"
    }`,
    { hint },
  );
}

/** Which of these folders it is; null where it is none. */
function nameOf(
  folder: string,
  { project, isSource }: Pick<MixingPlace, "project"> & {
    readonly isSource: boolean;
  },
): string | null {
  const home = real(homeFolder());
  const own = project === null ? null : real(project);
  if (folder === dirname(folder)) return "the root of the file system";
  if (folder === own) return isSource ? null : "the project's own folder";
  if (folder === home) return `the home folder, "${folder}"`;
  if (own !== null && contains(folder, own)) {
    return `"${folder}", a folder around the project`;
  }
  if (contains(folder, home)) return `"${folder}", a folder around home`;
  return null;
}
