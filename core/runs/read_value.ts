/**
 * What an artifact holds, read through whatever has its files.
 *
 * @module
 */

import { readAll } from "../lib/files.ts";
import type { ArtifactAddress, ArtifactManifest } from "../store/store.ts";
import { decodeValue } from "../store/codec.ts";

/** Where artifacts are read from. */
export interface ArtifactSource {
  /** Null where it is not there; where it is not whole, what is wrong. */
  manifest(address: ArtifactAddress): Promise<ArtifactManifest | string | null>;
  read(address: ArtifactAddress, path: string): AsyncIterable<Uint8Array>;
}

/** What is made of figures is small. */
const MAX_BYTES = 64e6;

/**
 * Reads the value of an artifact of figures.
 *
 * @throws Where it cannot be read, or is larger than such are.
 */
export async function readValue(
  source: ArtifactSource,
  address: ArtifactAddress,
  { files }: ArtifactManifest,
): Promise<unknown> {
  const read = async (path: string) =>
    Object.hasOwn(files, path)
      ? await readAll(source.read(address, path), MAX_BYTES)
      : Buffer.alloc(0);
  return decodeValue(
    (await read("value.json")).toString("utf8"),
    await read("arrays.safetensors"),
  );
}
