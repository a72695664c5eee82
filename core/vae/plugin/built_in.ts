/**
 * The priors that come with the project: the files of `plugins/`. The core
 * knows them by their file names alone.
 *
 * @module
 */

import { readdirSync } from "node:fs";

/** A file in `plugins/`. */
export interface BuiltInPrior {
  /** File name without its extension: what a config writes. */
  readonly name: string;
  /** File URL of the module. */
  readonly url: string;
}

const FOLDER = new URL("../../../plugins/", import.meta.url);

/** Every prior of `plugins/`, by name; `mod.ts` and `_private.ts` files are none. */
export function builtInPriors(): readonly BuiltInPrior[] {
  return readdirSync(FOLDER)
    .filter((file) => /^[^_.].*\.ts$/.test(file))
    .filter((file) => file !== "mod.ts" && !file.endsWith(".d.ts"))
    .sort()
    .map((file) => ({
      name: file.slice(0, -".ts".length),
      url: new URL(file, FOLDER).href,
    }));
}
