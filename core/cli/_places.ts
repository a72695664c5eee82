/**
 * Where the runs of a project are, for the commands that look after them.
 *
 * @module
 */

import { findPlaces, type FoundPlaces } from "../runs/places.ts";
import { openStore } from "../store/open.ts";
import type { ArtifactStore } from "../store/store.ts";
import type { Flags } from "./command.ts";
import { readText } from "./flags.ts";

/** The folder of the outputs, and the store. */
export interface OpenPlaces extends FoundPlaces {
  readonly store: ArtifactStore;
}

/**
 * Finds them by `--config`.
 *
 * @throws {UserError} where the config cannot be read.
 */
export async function openPlaces(flags: Flags): Promise<OpenPlaces> {
  const places = await findPlaces(readText(flags, "config"));
  return { ...places, store: await openStore(places.storeDirectory) };
}
