/**
 * One process at a time sets up the native engine; the others wait for it.
 *
 * @module
 */

import { setMaxListeners } from "node:events";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { tryLockFile } from "../../lib/lock.ts";
import type { NativeSite } from "./site.ts";

const POLL_MS = 500;

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
  options.signal?.throwIfAborted();
  const lost = new AbortController();
  const take = () =>
    tryLockFile(
      join(site.cacheDirectory, "provision"),
      () => lost.abort(new Error("Another process has taken over the setup")),
    );
  let lock = await take();
  if (!lock.locked) options.onWait();
  for (; !lock.locked; lock = await take()) {
    await sleep(POLL_MS, undefined, { signal: options.signal });
  }
  try {
    const signal = options.signal === undefined
      ? lost.signal
      : AbortSignal.any([options.signal, lost.signal]);
    // One listener a child process, and setting up starts a dozen.
    setMaxListeners(0, signal);
    return await work(signal);
  } finally {
    await lock.release();
  }
}
