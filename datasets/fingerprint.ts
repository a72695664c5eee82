/**
 * What a data set's bytes depend on, without making sense of them: cheap enough
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
 * or the version of the drawn digits. `digest` gives a file's sha256.
 *
 * @throws {UserError} if a file cannot be read.
 */
export async function fingerprintSource(
  source: DataSource,
  digest: (path: string) => Promise<string> = digestOf,
): Promise<Readonly<Record<string, string>>> {
  if (source.kind === "synthetic") return syntheticFingerprint();
  const digests = await Promise.all(
    roles.map((role) => digest(source.files[role])),
  );
  return fileFingerprint(
    source,
    (role) => digests[roles.indexOf(role)] as string,
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

async function digestOf(path: string): Promise<string> {
  return sha256(await readBytes(path));
}
