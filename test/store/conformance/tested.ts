/**
 * What the tests of every store are given, and what they put into it.
 *
 * @module
 */

import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { sha256 } from "../../../core/lib/files.ts";
import type {
  ArtifactAddress,
  ArtifactManifest,
  ArtifactStore,
} from "../../../core/store/store.ts";

/** A store to be tested. */
interface Tested {
  readonly store: ArtifactStore;
  /** The same store, opened anew at its location. */
  readonly other: ArtifactStore;
  /** Changes a byte of a file of an artifact, behind the store's back. */
  spoil(address: ArtifactAddress, path: string): Promise<void>;
  /** Removes a file of an artifact, likewise. */
  lose(address: ArtifactAddress, path: string): Promise<void>;
}

/** Opens two views of one new, empty store, as two processes have them. */
export type OpenTested = () => Promise<Tested>;

/** The value of every artifact. */
export const value = {
  numbers: { list: [1, 2.5, -0], weights: Float32Array.of(1, -0, NaN) },
};

/** What is recorded of every artifact. */
export const record = {
  fields: { stage: "train" },
  ms: 5,
  warnings: ["careful"],
};

/** The address of an artifact with that text. */
export function at(text: string, stage = "train"): ArtifactAddress {
  return { stage, key: sha256(text) };
}

/** Puts an artifact there, with a note in a file. */
export async function put(
  store: ArtifactStore,
  address: ArtifactAddress,
  note = "hello",
): Promise<ArtifactManifest> {
  const draft = await store.draft(address);
  mkdirSync(join(draft.directory, "notes"));
  writeFileSync(join(draft.directory, "notes", "a.txt"), note);
  return await draft.commit(value, record);
}
