/**
 * The build in the cache that this machine can load.
 *
 * @module
 */

import { type Build, findBuild } from "./build_cache.ts";
import { loadFailure } from "./load_failure.ts";
import { probeAddon, type ProbeOptions } from "./probe.ts";
import type { NativeSite } from "./site.ts";

/**
 * The cached build, or null where there is none or it is damaged. Its contents
 * are compared with its digests where that is asked for (`fresh`), and where it
 * does not load.
 *
 * @throws {ProvisionError} where it is whole and does not load
 */
export async function findLoadingBuild(
  site: NativeSite,
  options: ProbeOptions = {},
): Promise<Build | null> {
  for (const digests of options.fresh ? [true] : [false, true]) {
    const build = await findBuild(site, { digests });
    const probe = build && await probeAddon(site, build.addon, options);
    if (build === null || probe === null) return null;
    if (probe.ok) return build;
    if (digests) throw loadFailure(build, probe.error, site.env);
  }
  return null;
}
