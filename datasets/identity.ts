/**
 * Whether a set is MNIST, and what it is called where it is not.
 *
 * @module
 */

import { axesOfImage } from "../core/lib/image_shape.ts";
import { basename } from "node:path";
import { sha256 } from "./data_file.ts";
import type { ReadSet } from "./format.ts";
import { writeIdx } from "./write_idx.ts";
import {
  type ByRole,
  mnistDigests,
  publishedDigests,
  roleNames,
  roles,
} from "./mnist.ts";
import { contradict, nameOf } from "./name.ts";
import type { FileSource } from "./sources.ts";

/** The files of a set, by what they hold: `train images`. */
export interface StoredFiles {
  /** sha256 of a file as it lies. */
  digest(what: string): string;
  /** Decompressed. */
  content(what: string): Promise<Uint8Array>;
}

/** What is looked at by every plan; the training images are large. */
const GLANCED_AT = ["testLabels", "trainLabels", "testImages"] as const;

/**
 * Whether IDX files are MNIST's by all but the largest, from the smallest on:
 * most others are told by that.
 */
export async function looksLikeMnist(files: StoredFiles): Promise<boolean> {
  for (const role of GLANCED_AT) {
    const known = [mnistDigests[role], publishedDigests[role]];
    const what = roleNames[role];
    if (known.includes(files.digest(what))) continue;
    if (sha256(await files.content(what)) !== mnistDigests[role]) return false;
  }
  return true;
}

/** A data set's name. */
export interface Identity {
  readonly name: string;
  /** Where a name says MNIST and is wrong; else null. */
  readonly warning: string | null;
}

/** MNIST is what has its checksums as IDX files; what else it is, the names tell. */
export function identify(
  { folder, prefix }: FileSource,
  { train, test }: ReadSet,
): Identity {
  const written: ByRole<Uint8Array> = {
    trainImages: writeIdx([train.count, ...axesOfImage(train)], train.images),
    trainLabels: writeIdx([train.count], train.labels),
    testImages: writeIdx([test.count, ...axesOfImage(test)], test.images),
    testLabels: writeIdx([test.count], test.labels),
  };
  const others = roles.filter((role) =>
    sha256(written[role]) !== mnistDigests[role]
  );
  if (others.length === 0) return { name: "mnist", warning: null };
  const isAlike = GLANCED_AT.every((role) => !others.includes(role));
  // As the fingerprint has it: of what looks like MNIST the folder alone.
  const { name, claim } = isAlike
    ? contradict(basename(folder))
    : nameOf(folder, prefix);
  if (claim === null) return { name, warning: null };
  const which = others.length === roles.length
    ? "files"
    : others.map((role) => roleNames[role]).join(" and ");
  return {
    name,
    warning:
      `"${claim}" is not MNIST: its ${which} have other checksums than MNIST's`,
  };
}
