/**
 * The plugins that come with the project: the files of a folder. The core knows
 * them by their file names alone.
 *
 * @module
 */

import { readdirSync } from "node:fs";
import { EXTENSION } from "../../lib/extension.ts";
import type { PluginKind } from "./kind.ts";

/** A file in the folder of its kind. */
export interface BuiltIn {
  /** File name without its extension: what a config writes. */
  readonly name: string;
  /** File URL of the module. */
  readonly url: string;
  /** Folder of its kind, `plugins/networks`. */
  readonly folder: string;
}

const PROJECT = new URL("../../../", import.meta.url);

/** Every one of a kind, by name; `mod.ts` and `_private.ts` files are none. */
export function builtIns(
  { folder }: Pick<PluginKind, "folder">,
): readonly BuiltIn[] {
  const home = new URL(`${folder}/`, PROJECT);
  return readdirSync(home)
    .filter((file) => /^[^_.].*\.[tj]s$/.test(file))
    .filter((file) => file.endsWith(EXTENSION) && !file.endsWith(".d.ts"))
    .filter((file) => file !== `mod${EXTENSION}`)
    .sort()
    .map((file) => ({
      name: file.slice(0, -EXTENSION.length),
      url: new URL(file, home).href,
      folder,
    }));
}
