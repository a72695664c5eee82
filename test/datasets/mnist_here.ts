/**
 * Whether this machine has MNIST itself, for tests that know its images.
 *
 * @module
 */

import { sha256 } from "../../datasets/data_file.ts";
import { mnistDigests, roleNames, roles } from "../../datasets/mnist.ts";
import { findSource, readDataFile } from "../../datasets/mod.ts";

/** Why it has not, which is said; null where it has: `MNIST_DIR` may name any set. */
export async function mnistMissing(): Promise<string | null> {
  const why = await lookForMnist();
  if (why !== null) console.warn(`Skipped: ${why}`);
  return why;
}

async function lookForMnist(): Promise<string | null> {
  const source = await findSource({ download: false }).catch(() => null);
  if (source?.kind !== "files") {
    return "no MNIST found; MNIST_DIR may name its folder";
  }
  // The large file last.
  for (const role of roles.toReversed()) {
    const { bytes } = await readDataFile(source.files[roleNames[role]]!);
    if (sha256(bytes) !== mnistDigests[role]) {
      return `the ${roleNames[role]} in ${source.folder} are not MNIST's`;
    }
  }
  return null;
}
