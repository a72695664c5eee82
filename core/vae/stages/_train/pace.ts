/** Lets messages through in the middle of a long computation. @module */

import { setImmediate } from "node:timers/promises";
import type { StageServices } from "../../../pipeline/stage.ts";

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
    if (!signal.aborted && performance.now() - last < intervalMs) return false;
    await setImmediate();
    signal.throwIfAborted();
    last = performance.now();
    return true;
  };
}

/**
 * A {@link pacer} that saves `state()` as a checkpoint when one is due, and
 * before it throws.
 */
export function checkpointer(
  { signal, checkpoint }: Pick<StageServices, "signal" | "checkpoint">,
  state: () => unknown,
): () => Promise<boolean> {
  const pace = pacer(signal);
  return async () => {
    try {
      if (!await pace()) return false;
    } catch (reason) {
      await checkpoint.save(state());
      throw reason;
    }
    if (checkpoint.due()) await checkpoint.save(state());
    return true;
  };
}
