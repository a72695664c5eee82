/**
 * TensorFlow with oneDNN's operations on every x64 processor. Of itself it takes
 * them only where there are instructions for neural networks; a training step
 * takes up to a fifth longer without (test/bench/README.md).
 *
 * @module
 */

import process from "node:process";

const VARIABLE = "TF_ENABLE_ONEDNN_OPTS";

/**
 * Loads TensorFlow so, unless the person has set the variable. It is asked for
 * once, while the library loads, and is gone afterwards: set, it enters keys.
 */
export function withOneDnn<T>(
  load: () => T,
  { env, arch }: Pick<NodeJS.Process, "env" | "arch"> = process,
): T {
  if (arch !== "x64" || env[VARIABLE] !== undefined) return load();
  env[VARIABLE] = "1";
  try {
    return load();
  } finally {
    delete env[VARIABLE];
  }
}
