/**
 * By what the folder of a store was set, for hints. A process that runs a stage
 * knows the folder alone, so this tells it by that.
 *
 * @module
 */

import { resolve } from "node:path";

/**
 * How another folder is set: `with VAE_PRIORS_STORE` where that has set this
 * one, else `with "store"`, which counts whether or not that has set this one.
 */
export function storeSetting(
  folder: string,
  env: NodeJS.ProcessEnv = process.env,
): string {
  const variable = env["VAE_PRIORS_STORE"] ?? "";
  return variable !== "" && resolve(variable) === resolve(folder)
    ? "with VAE_PRIORS_STORE"
    : 'with "store"';
}
