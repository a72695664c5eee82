/**
 * Paths of the cache and of the checkout that the native engine cannot be made
 * in. Any other name of a folder will do: blanks, commas, quotes, umlauts.
 *
 * @module
 */

import process from "node:process";
import { ProvisionError } from "./failure.ts";
import type { NativeSite } from "./site.ts";

/**
 * What keeps libraries in the cache from being loaded, or null: the loader of
 * Linux reads the path by which an addon names them.
 */
export function cacheObstacle({ cacheDirectory }: NativeSite): string | null {
  if (process.platform !== "linux") return null;
  const [sign] = /:|\$\{?(?:ORIGIN|LIB|PLATFORM)/.exec(cacheDirectory) ?? [];
  return sign === undefined
    ? null
    : `Linux loads no library by a path with "${sign}" in it: ${cacheDirectory}`;
}

/**
 * Refuses a cache that {@link cacheObstacle} speaks of.
 *
 * @throws {ProvisionError} before anything is fetched
 */
export function requireCachePath(site: NativeSite): void {
  const problem = cacheObstacle(site);
  if (problem === null) return;
  throw new ProvisionError("unsupported", problem, { hint: OTHER_CACHE });
}

/** What to do about a path of the cache. */
export const OTHER_CACHE =
  "Set VAE_PRIORS_CACHE to a folder without that in its path";

/**
 * Refuses folders in which Zig, the compiler that is fetched where there is
 * none, does not find its own files.
 *
 * @throws {ProvisionError} before it is fetched
 */
export function requireZigPaths(site: NativeSite): void {
  for (
    const [path, signs] of [
      [site.cacheDirectory, /[%\\\n]/],
      [site.packageDirectory, /[\\\n]/],
    ] as const
  ) {
    const [sign] = signs.exec(path) ?? [];
    if (sign === undefined) continue;
    throw new ProvisionError(
      "compiler",
      `No C++ compiler was found, and the one that could be fetched (Zig) does not work with ${
        JSON.stringify(sign)
      } in a path: ${path}`,
      { hint: "Install g++ or clang++ (or set CXX), then run setup" },
    );
  }
}
