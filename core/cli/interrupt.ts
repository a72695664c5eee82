/**
 * Ctrl-C: the first one ends the run in order, the second one at once.
 *
 * @module
 */

import { setMaxListeners } from "node:events";
import { EXIT } from "./command.ts";

/** Ctrl-C as a signal. */
export interface Interrupt extends Disposable {
  readonly signal: AbortSignal;
}

/**
 * Listens for SIGINT and SIGTERM until disposed of; `onFirst` is called at the
 * first.
 */
export function listenForInterrupt(onFirst: () => void): Interrupt {
  const controller = new AbortController();
  // One listener a child process, of which a set-up may start a dozen.
  setMaxListeners(0, controller.signal);
  const listener = () => {
    if (controller.signal.aborted) process.exit(EXIT.interrupted);
    onFirst();
    controller.abort(new DOMException("The run was interrupted", "AbortError"));
  };
  const signals = ["SIGINT", "SIGTERM"] as const;
  for (const signal of signals) process.on(signal, listener);
  return {
    signal: controller.signal,
    [Symbol.dispose]: () => {
      for (const signal of signals) process.off(signal, listener);
    },
  };
}
