/**
 * By what the folder of a store was set, for hints. A process that runs a stage
 * knows the folder alone, so this tells it by that.
 *
 * @module
 */

import { existsSync } from "node:fs";
import { basename, dirname, join, resolve } from "node:path";

/**
 * How another folder is set: `with VAE_PRIORS_STORE` where that has set this
 * one, `with "outputs"` where it is the store beside the reports, else `with
 * "store"`.
 */
export function storeSetting(
  folder: string,
  env: NodeJS.ProcessEnv = process.env,
): string {
  const variable = env["VAE_PRIORS_STORE"] ?? "";
  if (variable !== "" && resolve(variable) === resolve(folder)) {
    return "with VAE_PRIORS_STORE";
  }
  if (basename(folder) !== "store") return 'with "store"';
  return existsSync(join(dirname(folder), "runs"))
    ? 'with "outputs"'
    : 'with "store" or "outputs"';
}
