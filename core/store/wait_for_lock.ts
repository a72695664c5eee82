/**
 * Waits for a lock that somebody else holds for a moment.
 *
 * @module
 */

import { setTimeout as delay } from "node:timers/promises";
import type { LockAttempt } from "./store.ts";

/** Takes a lock, and asks for it again every `pollMs` milliseconds until it is free. */
export async function waitForLock(
  tryLock: () => Promise<LockAttempt>,
  pollMs: number,
): Promise<LockAttempt & { readonly locked: true }> {
  for (;;) {
    const attempt = await tryLock();
    if (attempt.locked) return attempt;
    await delay(pollMs);
  }
}

/** Runs `work` while it holds the lock, for which it waits. */
export async function withLock<T>(
  tryLock: () => Promise<LockAttempt>,
  pollMs: number,
  work: () => Promise<T>,
): Promise<T> {
  const lock = await waitForLock(tryLock, pollMs);
  try {
    return await work();
  } finally {
    await lock.release();
  }
}
