/**
 * One process at a time sets up the native engine; the others wait for it.
 *
 * @module
 */

import { setMaxListeners } from "node:events";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import lockfile from "proper-lockfile";
import { makeFolder } from "../../lib/make_folder.ts";
import type { NativeSite } from "./site.ts";

/** Options of {@link withProvisionLock}. */
export interface ProvisionLockOptions {
  /** Called once, when another process holds the lock. */
  readonly onWait: () => void;
  readonly signal?: AbortSignal | undefined;
}

/**
 * Runs `work` alone among all processes that share the cache. Its signal fires
 * when `options.signal` does, or when the lock is lost (a machine that slept).
 */
export async function withProvisionLock<T>(
  site: NativeSite,
  work: (signal: AbortSignal) => Promise<T>,
  options: ProvisionLockOptions,
): Promise<T> {
  await makeFolder(site.cacheDirectory);
  const lost = new AbortController();
  let release: (() => Promise<void>) | undefined;
  for (let waited = false; release === undefined;) {
    options.signal?.throwIfAborted();
    try {
      release = await lockfile.lock(site.cacheDirectory, {
        lockfilePath: join(site.cacheDirectory, "provision.lock"),
        stale: 30_000,
        update: 5_000,
        onCompromised: (error) => lost.abort(error),
      });
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== "ELOCKED") throw error;
      if (!waited) options.onWait();
      waited = true;
      await sleep(
        500,
        undefined,
        options.signal === undefined ? {} : { signal: options.signal },
      );
    }
  }
  try {
    const signal = options.signal === undefined
      ? lost.signal
      : AbortSignal.any([options.signal, lost.signal]);
    // One listener a child process, and setting up starts a dozen.
    setMaxListeners(0, signal);
    return await work(signal);
  } finally {
    // A lost lock is another's by now.
    await release().catch(() => {});
  }
}
