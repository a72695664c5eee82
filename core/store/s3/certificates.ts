/**
 * The certificates that a service's is verified with, where they are not the
 * system's.
 *
 * @module
 */

import { X509Certificate } from "node:crypto";
import { readFile } from "node:fs/promises";
import { homedir } from "node:os";
import { join } from "node:path";
import { messageOf, UserError } from "../../lib/errors.ts";
import { codeOf } from "../../lib/files.ts";

/** A PEM file, and what has named it. */
export interface Bundle {
  readonly file: string;
  /** `AWS_CA_BUNDLE`. */
  readonly from: string;
}

const CERTIFICATE =
  /-----BEGIN (?:TRUSTED )?CERTIFICATE-----[^-]*-----END (?:TRUSTED )?CERTIFICATE-----/g;

/**
 * The certificates of a bundle, one a string.
 *
 * @throws {UserError} where the file cannot be read, or has none.
 */
export async function readBundle(
  { file, from }: Bundle,
): Promise<readonly string[]> {
  const what = `Cannot use the certificates of ${from} ("${file}")`;
  const path = file.startsWith("~/") ? join(homedir(), file.slice(2)) : file;
  let text: string;
  try {
    text = await readFile(path, "latin1");
  } catch (cause) {
    const found = FOUND[codeOf(cause) ?? ""] ?? messageOf(cause);
    throw new UserError(`${what}: ${found}, ${WANTED}`, { hint: HINT, cause });
  }
  const certificates = text.match(CERTIFICATE) ?? [];
  if (certificates.length === 0) {
    const found = text.trim() === "" ? "the file is empty" : "it has none";
    throw new UserError(`${what}: ${found}, ${WANTED}`, { hint: HINT });
  }
  certificates.forEach((certificate, index) => {
    try {
      new X509Certificate(certificate);
    } catch (cause) {
      throw new UserError(
        `${what}: number ${
          index + 1
        } of its ${certificates.length} cannot be read, ${WANTED}`,
        { hint: HINT, cause },
      );
    }
  });
  return certificates;
}

const FOUND: Readonly<Record<string, string>> = {
  ENOENT: "there is no such file",
  EISDIR: "it is a folder",
  ENOTDIR: "there is no such file",
  EACCES: "it may not be read",
};
const WANTED =
  'want a PEM file with at least one "-----BEGIN CERTIFICATE-----"';
const HINT =
  "Set it to the file of the authority that has signed the service's certificate, or unset it";
