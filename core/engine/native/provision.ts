/**
 * Gets the native engine: what is there, else what the cache has, else a build
 * from TensorFlow's libraries and a minute's patience. What the cache has goes
 * only for a new build that has loaded, and none is made in place of a whole one.
 *
 * @module
 */

import { join, sep } from "node:path";
import { installAddon, removeOthers } from "./build_cache.ts";
import { findLoadingBuild } from "./cached_build.ts";
import {
  describeAge,
  fileSystemFailure,
  forgetFailure,
  ProvisionError,
  recallFailure,
  rememberFailure,
} from "./failure.ts";
import { lackOfMachine, locateNative, obstacleOf } from "./locate.ts";
import { makeBuild, type ProvisionProgress } from "./make_build.ts";
import { probeAddon } from "./probe.ts";
import { withProvisionLock } from "./provision_lock.ts";
import { type NativeSite, nativeSite } from "./site.ts";

export type { ProvisionProgress } from "./make_build.ts";

/** Options of {@link provisionNative}. */
export interface ProvisionOptions {
  readonly onProgress?: ProvisionProgress | undefined;
  readonly signal?: AbortSignal | undefined;
  /**
   * Compare the cache with its digests, and try again what failed a short while
   * ago: what a person means by `setup`.
   */
  readonly repair?: boolean;
  readonly site?: NativeSite;
}

/** The native engine, ready to be loaded. */
export interface ProvisionedNative {
  /** Version of TensorFlow. */
  readonly tensorflow: string;
  /** Path of the addon: in `node_modules`, else in the cache. */
  readonly addon: string;
  /** Where it came from, this time. */
  readonly source: "present" | "cache" | "built";
}

/**
 * Makes the native engine ready.
 *
 * @throws {ProvisionError} with one sentence of reason, and what to do
 */
export async function provisionNative(
  options: ProvisionOptions = {},
): Promise<ProvisionedNative> {
  const site = options.site ?? nativeSite();
  refuse(lackOfMachine(site));
  try {
    const found = await reuse(site, options);
    if (found !== null) return found;
  } catch (error) {
    throw fileSystemFailure(error, site);
  }
  refuse(obstacleOf(site));
  if (!options.repair) await refuseRepetition(site);
  try {
    return await build(site, options);
  } catch (thrown) {
    options.signal?.throwIfAborted();
    const error = fileSystemFailure(thrown, site);
    if (error instanceof ProvisionError) await rememberFailure(site, error);
    throw error;
  }
}

/**
 * Puts the cached build into this checkout, if the addon is not there yet. Gives
 * the path to load it from.
 *
 * @throws {ProvisionError} where the cache has none
 */
export async function installFromCache(
  site: NativeSite = nativeSite(),
): Promise<string> {
  try {
    const found = await reuse(site, {});
    if (found !== null) return found.addon;
  } catch (error) {
    throw fileSystemFailure(error, site);
  }
  const state = await locateNative(site);
  throw new ProvisionError(
    "load",
    "reason" in state ? state.reason : "It has only just been set up",
    { hint: "hint" in state ? state.hint : "Run setup" },
  );
}

async function reuse(
  site: NativeSite,
  options: ProvisionOptions,
): Promise<ProvisionedNative | null> {
  const { repair: fresh = false, signal } = options;
  const present = await probeAddon(site, site.addon, { fresh, signal });
  const isOf = (start: string) =>
    present?.ok === true &&
    present.libraries.some((library) => library.startsWith(start));
  const isCached = isOf(join(site.cacheDirectory, site.id));
  if (present?.ok && !(fresh && isCached)) {
    return await ready(site, present.tensorflow, "present");
  }
  const cached = await findLoadingBuild(site, { fresh, signal });
  if (cached === null) return null;
  if (isOf(cached.directory + sep)) {
    return await ready(site, cached.tensorflow, "present");
  }
  const addon = await installAddon(site, cached.addon);
  return { ...await ready(site, cached.tensorflow, "cache"), addon };
}

async function build(
  site: NativeSite,
  options: ProvisionOptions,
): Promise<ProvisionedNative> {
  const onProgress = options.onProgress ?? (() => {});
  return await withProvisionLock(site, async (signal) => {
    const found = await reuse(site, { ...options, signal });
    if (found !== null) return found;
    if (site.wheel === undefined) {
      throw new Error(`No wheel for ${site.platform}`);
    }
    const made = await makeBuild(site, site.wheel, { onProgress, signal });
    onProgress("install", 0, 1);
    const addon = await installAddon(site, made.addon);
    onProgress("install", 1, 1);
    await removeOthers(site, made);
    return { ...await ready(site, made.tensorflow, "built"), addon };
  }, { onWait: () => onProgress("wait", 0, 1), signal: options.signal });
}

function refuse(obstacle: ReturnType<typeof obstacleOf>): void {
  if (obstacle === null) return;
  const { kind, reason, hint } = obstacle;
  throw new ProvisionError(kind, reason, { hint });
}

async function ready(
  site: NativeSite,
  tensorflow: string,
  source: ProvisionedNative["source"],
): Promise<ProvisionedNative> {
  await forgetFailure(site).catch(() => {});
  return { tensorflow, addon: site.addon, source };
}

async function refuseRepetition(site: NativeSite): Promise<void> {
  const failure = await recallFailure(site);
  if (failure === null) return;
  const message = `${failure.message} (tried ${
    describeAge(failure.at)
  }; setup tries again)`;
  throw new ProvisionError(failure.kind, message, { hint: failure.hint });
}
