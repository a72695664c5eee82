/**
 * Waits for a lock that somebody else holds for a moment.
 *
 * @module
 */

import { setTimeout as delay } from "node:timers/promises";
import type { LockOwner } from "./owner.ts";

/** A lock, or word of who has it. */
export type LockAttempt =
  | { readonly locked: true; release(): Promise<void> }
  /** `owner` is null in the moments when it is not known. */
  | { readonly locked: false; readonly owner: LockOwner | null };

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
