/**
 * What a data set's bytes depend on, without making sense of them: cheap enough
 * for every plan.
 *
 * @module
 */

import { basename } from "node:path";
import { type DataFile, readBytes, readDataFile, sha256 } from "./data_file.ts";
import { looksLikeMnist, type StoredFiles } from "./identity.ts";
import { type Role, roleNames, roles } from "./mnist.ts";
import { nameOf } from "./name.ts";
import type { DataSource, FileSource } from "./sources.ts";
import {
  SYNTHETIC_TEST,
  SYNTHETIC_TRAIN,
  SYNTHETIC_VERSION,
} from "./synthetic.ts";

/**
 * Everything the data set's bytes depend on: digests of the files as they lie
 * and the set's name, or the version of the drawn digits. `digest` gives a
 * file's sha256.
 *
 * @throws {UserError} if a file cannot be read.
 */
export async function fingerprintSource(
  source: DataSource,
  digest: (path: string) => Promise<string> = digestOf,
): Promise<Readonly<Record<string, string>>> {
  if (source.kind === "synthetic") return syntheticFingerprint();
  const { files } = source;
  const digests = await Promise.all(roles.map((role) => digest(files[role])));
  return await fingerprint(source, {
    digest: (role) => digests[roles.indexOf(role)]!,
    content: async (role) => (await readDataFile(files[role])).bytes,
  });
}

/** The fingerprint of drawn digits. */
export function syntheticFingerprint(): Readonly<Record<string, string>> {
  return {
    data:
      `synthetic digits, version ${SYNTHETIC_VERSION}, ${SYNTHETIC_TRAIN} train and ${SYNTHETIC_TEST} test`,
  };
}

/** The fingerprint of files that have been read. */
export async function fingerprintFiles(
  source: FileSource,
  file: (role: Role) => DataFile,
): Promise<Readonly<Record<string, string>>> {
  return await fingerprint(source, {
    digest: (role) => file(role).sha256,
    content: (role) => Promise.resolve(file(role).bytes),
  });
}

async function fingerprint(
  { folder, prefix }: FileSource,
  files: StoredFiles,
): Promise<Readonly<Record<string, string>>> {
  // MNIST is called so wherever it lies; its folder stands for that.
  const data = await looksLikeMnist(files)
    ? `IDX files in "${basename(folder)}"`
    : `IDX files: ${nameOf(folder, prefix).name}`;
  return {
    data,
    ...Object.fromEntries(
      roles.map((role) => [roleNames[role], files.digest(role)]),
    ),
  };
}

async function digestOf(path: string): Promise<string> {
  return sha256(await readBytes(path));
}
