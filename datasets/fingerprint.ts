/**
 * What a data set's bytes depend on, without making sense of them: cheap enough
 * for every plan.
 *
 * @module
 */

import { basename } from "node:path";
import { type DataFile, readBytes, readDataFile, sha256 } from "./data_file.ts";
import type { DataFormat } from "./format.ts";
import { ofEach } from "./of_each.ts";
import { looksLikeMnist, type StoredFiles } from "./identity.ts";
import { idxFormat } from "./idx_format.ts";
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
  const digests = await ofEach(source.files, digest);
  return await fingerprint(source, {
    digest: (what) => digests[what]!,
    content: async (what) => (await readDataFile(source.files[what]!)).bytes,
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
  file: (what: string) => DataFile,
): Promise<Readonly<Record<string, string>>> {
  return await fingerprint(source, {
    digest: (what) => file(what).sha256,
    content: (what) => Promise.resolve(file(what).bytes),
  });
}

async function fingerprint(
  { format, folder, prefix, files }: FileSource,
  stored: StoredFiles,
): Promise<Readonly<Record<string, string>>> {
  const { name, claim } = nameOf(folder, prefix);
  // MNIST is called so wherever it lies; its folder stands for that. Of other
  // formats nobody knows before they are read.
  const isNamed = format === idxFormat
    ? !await looksLikeMnist(stored)
    : claim === null;
  return {
    data: isNamed
      ? `${format.name} files: ${name}`
      : `${format.name} files in "${basename(folder)}"`,
    ...digestsOf(format, Object.keys(files), stored),
  };
}

/** A digest of each file, or of each group of them by names and digests. */
function digestsOf(
  { groupOf }: DataFormat,
  names: readonly string[],
  stored: StoredFiles,
): Readonly<Record<string, string>> {
  if (groupOf === undefined) {
    return Object.fromEntries(names.map((what) => [what, stored.digest(what)]));
  }
  const lines: Record<string, string> = {};
  for (const what of names) {
    const group = groupOf(what);
    lines[group] = `${lines[group] ?? ""}${stored.digest(what)} ${what}\n`;
  }
  return Object.fromEntries(
    Object.entries(lines).map(([group, text]) =>
      [group, sha256(Buffer.from(text))] as const
    ),
  );
}

async function digestOf(path: string): Promise<string> {
  return sha256(await readBytes(path));
}
