/** Lets messages through in the middle of a long computation. @module */

import { setImmediate } from "node:timers/promises";

/**
 * Returns a function to call after each small piece of work. Now and then it
 * lets the event loop turn (so that Ctrl-C arrives), checks the signal and
 * resolves to true: the moment to report progress.
 *
 * @throws the reason of `signal` when it has fired.
 */
export function pacer(
  signal: AbortSignal,
  intervalMs = 100,
): () => Promise<boolean> {
  let last = -Infinity;
  return async () => {
    if (performance.now() - last < intervalMs) return false;
    await setImmediate();
    signal.throwIfAborted();
    last = performance.now();
    return true;
  };
}
