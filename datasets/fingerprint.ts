/**
 * What a data set's bytes depend on, without reading the data: cheap enough
 * for every plan.
 *
 * @module
 */

import { basename } from "node:path";
import { readBytes, sha256 } from "./data_file.ts";
import { type Role, roleNames, roles } from "./mnist.ts";
import type { DataSource, FileSource } from "./sources.ts";
import {
  SYNTHETIC_TEST,
  SYNTHETIC_TRAIN,
  SYNTHETIC_VERSION,
} from "./synthetic.ts";

/**
 * Everything the data set's bytes depend on: digests of the files as they lie,
 * or the version of the drawn digits.
 *
 * @throws {UserError} if a file cannot be read.
 */
export async function fingerprintSource(
  source: DataSource,
): Promise<Readonly<Record<string, string>>> {
  if (source.kind === "synthetic") return syntheticFingerprint();
  const digests = await Promise.all(
    roles.map((role) => readBytes(source.files[role])),
  );
  return fileFingerprint(
    source,
    (role) => sha256(digests[roles.indexOf(role)] as Uint8Array),
  );
}

/** The fingerprint of drawn digits. */
export function syntheticFingerprint(): Readonly<Record<string, string>> {
  return {
    data:
      `synthetic digits, version ${SYNTHETIC_VERSION}, ${SYNTHETIC_TRAIN} train and ${SYNTHETIC_TEST} test`,
  };
}

/** The fingerprint of files with the given digests; the folder's name can become the data set's. */
export function fileFingerprint(
  source: FileSource,
  digest: (role: Role) => string,
): Readonly<Record<string, string>> {
  const digests = roles.map((role) => [roleNames[role], digest(role)] as const);
  return {
    data: `IDX files in "${basename(source.folder)}"`,
    ...Object.fromEntries(digests),
  };
}
