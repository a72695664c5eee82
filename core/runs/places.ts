/**
 * Where to look for runs: the folders of the config here, which need not be
 * right otherwise.
 *
 * @module
 */

import { dirname, resolve } from "node:path";
import { loadConfigIfAny } from "../config/load.ts";
import { readPlaces } from "../config/places.ts";
import type { Places } from "../config/types.ts";

/** Folders, and what they were read from. */
export interface FoundPlaces extends Places {
  /** The config's folder; without a config the working directory. */
  readonly baseDirectory: string;
}

/**
 * The folders of outputs and store of the config in `file`, else of the one
 * found here or above; without any, `outputs` here.
 *
 * @throws {UserError} where the config cannot be read.
 */
export async function findPlaces(
  file: string | undefined,
): Promise<FoundPlaces> {
  const loaded = await loadConfigIfAny(file === undefined ? {} : { file });
  const baseDirectory = loaded === null ? resolve(".") : dirname(loaded.file);
  const config = Object(loaded?.config) as Record<string, unknown>;
  const isProject = loaded !== null;
  const places = readPlaces(config, { baseDirectory, isProject });
  return { ...places, baseDirectory };
}
