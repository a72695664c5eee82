/** The way from a folder to the root of its file system. @module */

import { dirname } from "node:path";

/** The folder, the one that holds it, and so on. */
export function foldersUp(folder: string): readonly string[] {
  const above = dirname(folder);
  return above === folder ? [folder] : [folder, ...foldersUp(above)];
}
