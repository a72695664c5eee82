/**
 * The folder for what can be had again: the native engine, copies of what a
 * shared store has. JavaScript, for what starts the program needs it, too.
 *
 * @module
 */

import { join, resolve } from "node:path";
import process from "node:process";
import { homeFolder } from "./home.mjs";

const NAME = "vae-priors";

/**
 * The per-user cache folder: `VAE_PRIORS_CACHE`, or what the operating system
 * has for such things (`~/.cache/vae-priors`, `~/Library/Caches/vae-priors`).
 *
 * @param {NodeJS.ProcessEnv} env
 * @returns {string}
 */
export function cacheRoot(env = process.env) {
  const wanted = env["VAE_PRIORS_CACHE"];
  const home = homeFolder();
  if (wanted) return resolve(wanted);
  switch (process.platform) {
    case "darwin":
      return join(home, "Library", "Caches", NAME);
    case "win32": {
      const local = process.env["LOCALAPPDATA"] ||
        join(home, "AppData", "Local");
      return join(local, NAME, "Cache");
    }
    default:
      return join(process.env["XDG_CACHE_HOME"] || join(home, ".cache"), NAME);
  }
}
