/**
 * The folder for what can be had again: the native engine, copies of what a
 * shared store has.
 *
 * @module
 */

import { resolve } from "node:path";
import process from "node:process";
import envPaths from "env-paths";

/**
 * The per-user cache folder: `VAE_PRIORS_CACHE`, or what the operating system
 * has for such things (`~/.cache/vae-priors`, `~/Library/Caches/vae-priors`).
 */
export function cacheRoot(env: NodeJS.ProcessEnv = process.env): string {
  const wanted = env["VAE_PRIORS_CACHE"];
  return wanted
    ? resolve(wanted)
    : envPaths("vae-priors", { suffix: "" }).cache;
}
